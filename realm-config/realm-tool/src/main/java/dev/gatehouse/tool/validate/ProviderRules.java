// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.stream.Stream;

/** Providers that a realm names are there: a server imports unknown ones, and refuses people or forgets events later. */
final class ProviderRules {

    static final List<Rule> ALL = List.of(
            new Rule("known-step", ProviderRules::steps),
            new Rule("known-mapper", ProviderRules::mappers),
            new Rule("known-policy", ProviderRules::policies),
            new Rule("known-component", ProviderRules::components),
            new Rule("known-identity-provider", ProviderRules::identityProviders),
            new Rule("known-required-action", ProviderRules::requiredActions),
            new Rule("known-listener", ProviderRules::listeners),
            new Rule("known-theme", ProviderRules::themes),
            new Rule("known-password-policy", ProviderRules::passwordPolicies));

    private ProviderRules() {}

    private static void steps(Subject subject, Findings findings) {
        for (Place flow : subject.realm().each("authenticationFlows")) {
            for (Place step : flow.each("authenticationExecutions")) {
                if (step.has("authenticator")) {
                    check(subject, step.at("authenticator"), "step", findings, kind(flow, step));
                }
            }
        }
    }

    private static String kind(Place flow, Place step) {
        if (step.is("authenticatorFlow")) {
            return "form-authenticator";
        }
        return switch (flow.text("providerId")) {
            case "form-flow" -> "form-action";
            case "client-flow" -> "client-authenticator";
            default -> "authenticator";
        };
    }

    private static void mappers(Subject subject, Findings findings) {
        Place realm = subject.realm();
        Stream.concat(realm.each("clients").stream(), realm.each("clientScopes").stream())
                .flatMap(owner -> owner.each("protocolMappers").stream())
                .forEach(mapper -> check(subject, mapper.at("protocolMapper"), "mapper", findings, "protocol-mapper"));
        for (Place mapper : realm.each("identityProviderMappers")) {
            check(subject, mapper.at("identityProviderMapper"), "mapper", findings, "identity-provider-mapper");
        }
    }

    private static void policies(Subject subject, Findings findings) {
        for (Place profile : subject.realm().at("clientProfiles").each("profiles")) {
            for (Place executor : profile.each("executors")) {
                check(subject, executor.at("executor"), "executor", findings, "client-policy-executor");
            }
        }
        for (Place policy : subject.realm().at("clientPolicies").each("policies")) {
            for (Place condition : policy.each("conditions")) {
                check(subject, condition.at("condition"), "condition", findings, "client-policy-condition");
            }
        }
    }

    private static void components(Subject subject, Findings findings) {
        subject.realm().at("components").members().forEach((type, list) -> {
            for (Place component : list.each()) {
                check(subject, component.at("providerId"), "component of its type", findings, type);
            }
        });
    }

    private static void identityProviders(Subject subject, Findings findings) {
        for (Place provider : subject.identityProviders()) {
            check(subject, provider.at("providerId"), "identity provider", findings, "identity_provider", "social");
        }
        for (Place client : subject.realm().each("clients")) {
            if (client.has("clientAuthenticatorType")) {
                check(
                        subject,
                        client.at("clientAuthenticatorType"),
                        "way for clients to prove who they are",
                        findings,
                        "client-authenticator");
            }
        }
    }

    private static void requiredActions(Subject subject, Findings findings) {
        for (Place action : subject.realm().each("requiredActions")) {
            check(subject, action.at("providerId"), "required action", findings, "required-action");
        }
    }

    private static void listeners(Subject subject, Findings findings) {
        for (Place listener : subject.realm().each("eventsListeners")) {
            check(subject, listener, "event listener", findings, "eventsListener");
        }
    }

    private static void themes(Subject subject, Findings findings) {
        for (String theme : List.of("accountTheme", "adminTheme", "emailTheme", "loginTheme")) {
            Place place = subject.realm().at(theme);
            if (!place.text().isEmpty()) {
                check(subject, place, "theme of its type", findings, theme);
            }
        }
    }

    private static void passwordPolicies(Subject subject, Findings findings) {
        Place policy = subject.realm().at("passwordPolicy");
        for (String name : PasswordPolicy.of(policy.text()).names()) {
            findings.errorIf(
                    !subject.known().has(name, "password-policy"),
                    policy,
                    "the server has no password policy \"" + name + "\"");
        }
    }

    private static void check(Subject subject, Place id, String what, Findings findings, String... kinds) {
        if (id.text().isEmpty()) {
            findings.error(id, "is missing: the " + what + " has no provider");
        } else if (!subject.known().has(id.text(), kinds)) {
            String where = subject.known().isServer()
                    ? "the server has no " + what + " \"" + id.text() + "\""
                    : "the pack has no " + what + " \"" + id.text() + "\"";
            findings.error(
                    id,
                    where + (id.text().startsWith(Known.OURS) ? "; is gatehouse.jar in its providers folder?" : ""));
        }
    }
}
