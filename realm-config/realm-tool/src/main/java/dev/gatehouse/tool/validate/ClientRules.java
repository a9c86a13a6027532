// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;

import dev.gatehouse.tool.admin.Addresses;

/** How clients get tokens, and where these are sent (RFC 9700). */
final class ClientRules {

    static final List<Rule> ALL = List.of(
            new Rule("redirect-uri", ClientRules::redirects),
            new Rule("logout-uri", ClientRules::logouts),
            new Rule("web-origin", ClientRules::origins),
            new Rule("implicit-grant", ClientRules::implicit),
            new Rule("password-grant", ClientRules::passwords),
            new Rule("pkce", ClientRules::pkce),
            new Rule("token-type", ClientRules::type));

    private static final String SCOPE = "gatehouse-api";

    private ClientRules() {}

    private static void redirects(Subject subject, Findings findings) {
        for (Place client : subject.clients()) {
            client.each("redirectUris").forEach(uri -> address(uri, uri.text(), "codes", findings));
        }
    }

    private static void logouts(Subject subject, Findings findings) {
        for (Place client : subject.clients()) {
            Place uris = client.at("attributes", "post.logout.redirect.uris");
            for (String uri : uris.text().split("##", -1)) {
                // As the redirect addresses, and none.
                if (!uri.isEmpty() && !uri.equals("+") && !uri.equals("-")) {
                    address(uris, uri, "people", findings);
                }
            }
        }
    }

    private static void address(Place place, String uri, String what, Findings findings) {
        if (uri.contains("*")) {
            findings.error(
                    place,
                    "\"" + uri + "\" has a wildcard, so " + what + " could be sent elsewhere; write every address out");
        } else if (Addresses.isPlain(uri)) {
            findings.error(
                    place,
                    "\"" + uri
                            + "\" is plain http; use https, or a loopback address for an app on a person's own machine");
        } else if (uri.contains("#")) {
            findings.error(place, "\"" + uri + "\" has a fragment, which no redirect address may have");
        }
    }

    private static void origins(Subject subject, Findings findings) {
        for (Place client : subject.clients()) {
            for (Place origin : client.each("webOrigins")) {
                findings.errorIf(
                        origin.text().contains("*"),
                        origin,
                        "any page in a browser could ask for tokens; write every origin out, or + for those of the redirect addresses");
                findings.errorIf(
                        Addresses.isPlain(origin.text()), origin, "\"" + origin.text() + "\" is plain http; use https");
            }
        }
    }

    private static void implicit(Subject subject, Findings findings) {
        for (Place client : subject.realm().each("clients")) {
            findings.errorIf(
                    client.is("implicitFlowEnabled"),
                    client.at("implicitFlowEnabled"),
                    "must be false: tokens would stand in addresses");
        }
    }

    private static void passwords(Subject subject, Findings findings) {
        for (Place client : subject.clients()) {
            findings.errorIf(
                    client.is("directAccessGrantsEnabled"),
                    client.at("directAccessGrantsEnabled"),
                    "must be false: the client would see people's passwords");
        }
    }

    private static void pkce(Subject subject, Findings findings) {
        for (Place client : subject.clients()) {
            if (client.is("standardFlowEnabled", true) && !client.is("bearerOnly")) {
                Place method = client.at("attributes", "pkce.code.challenge.method");
                findings.errorIf(!method.text().equals("S256"), method, "must be S256: a stolen code could be used");
            }
        }
    }

    private static void type(Subject subject, Findings findings) {
        for (Place client : subject.clients()) {
            boolean isForFunctions = client.each("defaultClientScopes").stream()
                    .anyMatch(scope -> scope.text().equals(SCOPE));
            findings.warningIf(
                    isForFunctions && !client.at("attributes").is("access.token.header.type.rfc9068"),
                    client.at("attributes", "access.token.header.type.rfc9068"),
                    "should be true: functions take no other tokens than at+jwt");
        }
    }
}
