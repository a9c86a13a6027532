// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Names in one part of a realm of what is in another. */
final class ReferenceRules {

    static final List<Rule> ALL = List.of(
            new Rule("policy-profile", ReferenceRules::profiles),
            new Rule("client-scope", ReferenceRules::scopes),
            new Rule("identity-provider-alias", ReferenceRules::brokerMappers),
            new Rule("mapped-role", ReferenceRules::mappedRoles));

    /** Every server has these. */
    private static final Set<String> BUILT_IN_PROFILES = Set.of(
            "fapi-1-advanced",
            "fapi-1-baseline",
            "fapi-2-dpop-message-signing",
            "fapi-2-dpop-security-profile",
            "fapi-2-message-signing",
            "fapi-2-security-profile",
            "fapi-ciba",
            "oauth-2-1-for-confidential-client",
            "oauth-2-1-for-public-client",
            "saml-security-profile");

    /** A new realm has these, unless its file lists scopes and does not ask for them. */
    private static final Set<String> BUILT_IN_SCOPES = Set.of(
            "AuthnContextClassRef",
            "acr",
            "address",
            "basic",
            "email",
            "microprofile-jwt",
            "offline_access",
            "organization",
            "phone",
            "profile",
            "role_list",
            "roles",
            "saml_organization",
            "service_account",
            "web-origins");

    private ReferenceRules() {}

    private static void profiles(Subject subject, Findings findings) {
        Set<String> profiles = names(subject.realm().at("clientProfiles").each("profiles"), "name");
        profiles.addAll(BUILT_IN_PROFILES);
        for (Place policy : subject.realm().at("clientPolicies").each("policies")) {
            missing(policy.each("profiles"), profiles, "client profile", findings);
        }
    }

    private static void scopes(Subject subject, Findings findings) {
        Place realm = subject.realm();
        Set<String> scopes = names(realm.each("clientScopes"), "name");
        boolean asksForBuiltIn = realm.at("attributes").is("CreateDefaultClientScopes");
        if (subject.isFile() && (scopes.isEmpty() || asksForBuiltIn)) {
            scopes.addAll(BUILT_IN_SCOPES);
        }
        findings.errorIf(
                subject.isFile() && realm.has("clientScopes") && !asksForBuiltIn && !scopes.contains("basic"),
                realm.at("clientScopes"),
                "without the attribute CreateDefaultClientScopes the realm has only these, and tokens have no sub");
        for (Place client : realm.each("clients")) {
            missing(client.each("defaultClientScopes"), scopes, "client scope", findings);
            missing(client.each("optionalClientScopes"), scopes, "client scope", findings);
        }
        missing(realm.each("defaultDefaultClientScopes"), scopes, "client scope", findings);
        missing(realm.each("defaultOptionalClientScopes"), scopes, "client scope", findings);
    }

    private static void brokerMappers(Subject subject, Findings findings) {
        Set<String> aliases = names(subject.identityProviders(), "alias");
        List<Place> named = subject.realm().each("identityProviderMappers").stream()
                .map(mapper -> mapper.at("identityProviderAlias"))
                .toList();
        missing(named, aliases, "identity provider", findings);
    }

    private static void mappedRoles(Subject subject, Findings findings) {
        if (!subject.realm().has("roles")) {
            return;
        }
        Set<String> roles = names(subject.realm().at("roles").each("realm"), "name");
        for (Place mapper : subject.realm().each("identityProviderMappers")) {
            Place role = mapper.at("config", "role");
            // A role of a client is written as client.role.
            if (role.exists() && !role.text().contains(".")) {
                missing(List.of(role), roles, "role", findings);
            }
        }
    }

    private static void missing(List<Place> named, Set<String> there, String what, Findings findings) {
        for (Place name : named) {
            findings.errorIf(!there.contains(name.text()), name, "there is no " + what + " \"" + name.text() + "\"");
        }
    }

    private static Set<String> names(List<Place> places, String member) {
        return places.stream().map(place -> place.text(member)).collect(Collectors.toCollection(HashSet::new));
    }
}
