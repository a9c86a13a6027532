// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where flows are bound: to the realm, to identity providers, to clients. */
final class BindingRules {

    static final List<Rule> ALL = List.of(
            new Rule("bound-flow", BindingRules::realm),
            new Rule("broker-flow", BindingRules::brokers),
            new Rule("client-flow", BindingRules::clients));

    /** Those that every new realm has, so that a file need not hold them. */
    private static final Set<String> BUILT_IN = Set.of(
            "browser",
            "clients",
            "direct grant",
            "docker auth",
            "first broker login",
            "registration",
            "reset credentials",
            "saml ecp");

    private BindingRules() {}

    private static void realm(Subject subject, Findings findings) {
        for (String binding : List.of(
                "browserFlow",
                "clientAuthenticationFlow",
                "directGrantFlow",
                "dockerAuthenticationFlow",
                "firstBrokerLoginFlow",
                "registrationFlow",
                "resetCredentialsFlow")) {
            check(subject, subject.realm().at(binding), findings);
        }
    }

    private static void brokers(Subject subject, Findings findings) {
        for (Place provider : subject.identityProviders()) {
            check(subject, provider.at("firstBrokerLoginFlowAlias"), findings);
            check(subject, provider.at("postBrokerLoginFlowAlias"), findings);
        }
    }

    /** Clients name flows by id. */
    private static void clients(Subject subject, Findings findings) {
        Flows flows = Flows.of(subject);
        for (Place client : subject.realm().each("clients")) {
            for (Place id :
                    client.at("authenticationFlowBindingOverrides").members().values()) {
                findings.errorIf(
                        !id.text().isEmpty()
                                && flows.all().stream()
                                        .noneMatch(flow -> flow.text("id").equals(id.text())),
                        id,
                        "there is no flow with this id");
            }
        }
    }

    private static void check(Subject subject, Place alias, Findings findings) {
        if (alias.text().isEmpty()) {
            return;
        }
        Optional<Place> flow = Flows.of(subject).find(alias.text());
        if (flow.isPresent()) {
            findings.errorIf(
                    !flow.get().is("topLevel"),
                    alias,
                    "\"" + alias.text() + "\" is part of another flow, and cannot be bound");
        } else {
            findings.errorIf(
                    !subject.isFile() || !BUILT_IN.contains(alias.text()),
                    alias,
                    "there is no flow \"" + alias.text() + "\"");
        }
    }
}
