// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Set;

import dev.gatehouse.tool.admin.Addresses;

/** Whom the realm believes, and how it asks them. */
final class BrokerRules {

    static final List<Rule> ALL = List.of(
            new Rule("trusted-mail", BrokerRules::trust),
            new Rule("broker-signature", BrokerRules::signature),
            new Rule("broker-pkce", BrokerRules::pkce),
            new Rule("broker-nonce", BrokerRules::nonce),
            new Rule("broker-address", BrokerRules::addresses),
            new Rule("broker-client", BrokerRules::client),
            new Rule("stored-token", BrokerRules::stored),
            new Rule("broker-guard", BrokerRules::guard));

    private static final Set<String> OIDC = Set.of("oidc", "keycloak-oidc");
    private static final Set<String> WITH_PKCE = Set.of("github", "google", "keycloak-oidc", "microsoft", "oidc");

    private static final List<String> ENDPOINTS =
            List.of("authorizationUrl", "issuer", "jwksUrl", "logoutUrl", "tokenUrl", "userInfoUrl");

    private static final String CHECKED = "gatehouse-checked-profile";
    private static final String GUARD = "gatehouse.brokerGuard";

    private BrokerRules() {}

    private static void trust(Subject subject, Findings findings) {
        for (Place provider : subject.identityProviders()) {
            String kind = provider.text("providerId");
            if (provider.is("trustEmail") && !kind.equals("google")) {
                // One's own provider may well be trusted; the tool cannot know.
                findings.add(
                        OIDC.contains(kind) ? Severity.WARNING : Severity.ERROR,
                        provider.at("trustEmail"),
                        "an address that this provider does not vouch for would count as proven");
            }
        }
    }

    private static void signature(Subject subject, Findings findings) {
        for (Place provider : subject.identityProviders()) {
            Place validate = provider.at("config", "validateSignature");
            findings.errorIf(
                    OIDC.contains(provider.text("providerId"))
                            && !validate.text().equals("true"),
                    validate,
                    "must be true: anybody between could say who somebody is");
        }
    }

    private static void pkce(Subject subject, Findings findings) {
        for (Place provider : subject.identityProviders()) {
            Place config = provider.at("config");
            findings.errorIf(
                    WITH_PKCE.contains(provider.text("providerId"))
                            && !(config.is("pkceEnabled")
                                    && config.text("pkceMethod").equals("S256")),
                    config.at("pkceMethod"),
                    "must be S256, with pkceEnabled true: a stolen code could be used");
        }
    }

    private static void nonce(Subject subject, Findings findings) {
        for (Place provider : subject.identityProviders()) {
            findings.errorIf(
                    provider.at("config").is("disableNonce"),
                    provider.at("config", "disableNonce"),
                    "must be false: an answer to another sign-in could be put in");
        }
    }

    private static void addresses(Subject subject, Findings findings) {
        for (Place provider : subject.identityProviders()) {
            for (String name : ENDPOINTS) {
                Place address = provider.at("config", name);
                findings.errorIf(
                        Addresses.isPlain(address.text()),
                        address,
                        "\"" + address.text() + "\" is plain http; use https");
            }
        }
    }

    private static void client(Subject subject, Findings findings) {
        for (Place provider : subject.identityProviders()) {
            Place config = provider.at("config");
            findings.errorIf(
                    provider.is("enabled", true)
                            && WITH_PKCE.contains(provider.text("providerId"))
                            && config.text("clientId").isEmpty(),
                    config.at("clientId"),
                    "is missing while the provider is enabled: its button leads nowhere");
        }
    }

    private static void stored(Subject subject, Findings findings) {
        for (Place provider : subject.identityProviders()) {
            findings.warningIf(
                    provider.is("storeToken"),
                    provider.at("storeToken"),
                    "should be false: tokens of the other side are kept in the database");
        }
    }

    /** The pack's own guard and mapper: without them what comes back, and from whom, is taken as the server takes it. */
    private static void guard(Subject subject, Findings findings) {
        Place realm = subject.realm();
        for (Place provider : subject.identityProviders()) {
            boolean isChecked = realm.each("identityProviderMappers").stream()
                    .filter(mapper -> mapper.text("identityProviderAlias").equals(provider.text("alias")))
                    .anyMatch(mapper -> mapper.text("identityProviderMapper").equals(CHECKED));
            findings.warningIf(
                    !isChecked,
                    provider,
                    "should have the mapper " + CHECKED
                            + ": an account would take over what its profile does not accept");
        }
        findings.warningIf(
                !subject.identityProviders().isEmpty()
                        && !realm.at("attributes").is(GUARD),
                realm.at("attributes", GUARD),
                "should be true: returns from identity providers are not held to the tab that they belong to");
    }
}
