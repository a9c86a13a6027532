// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.file.JsonPath;
import dev.gatehouse.tool.report.Problem;

/** What can stand in a realm's file and is not for this tool: told, where it would else be passed over in silence. */
final class Unhandled {

    private static final Set<String> PEOPLE = Set.of("users", "federatedUsers", "groups", "defaultGroups");

    private static final Set<String> OF_REALM = Set.of(
            "adminPermissionsClient",
            "applicationScopeMappings",
            "applications",
            "certificate",
            "clientScopeMappings",
            "clientTemplates",
            "codeSecret",
            "defaultRole",
            "defaultRoles",
            "localizationTexts",
            "notBefore",
            "oauthClients",
            "organizations",
            "passwordCredentialGrantAllowed",
            "privateKey",
            "protocolMappers",
            "publicKey",
            "requiredCredentials",
            "scopeMappings",
            "social",
            "socialProviders",
            "updateProfileOnInitialSocialLogin",
            "userFederationMappers",
            "userFederationProviders");

    private static final Map<String, Set<String>> OF_ELEMENTS = Map.of(
            "clients",
            Set.of(
                    "access",
                    "authenticationFlowBindingOverrides",
                    "authorizationServicesEnabled",
                    "authorizationSettings",
                    "clientTemplate",
                    "defaultRoles",
                    "directGrantsOnly",
                    "notBefore",
                    "origin",
                    "registeredNodes",
                    "registrationAccessToken",
                    "type",
                    "useTemplateConfig",
                    "useTemplateMappers",
                    "useTemplateScope"),
            "identityProviders",
            Set.of("organizationId", "updateProfileFirstLogin"));

    private Unhandled() {}

    static List<Problem> problems(JsonNode realm) {
        List<Problem> problems = new ArrayList<>();
        for (String name : names(realm)) {
            if (PEOPLE.contains(name)) {
                problems.add(new Problem("$." + name, "the tool never touches people; leave them to the realm itself"));
            } else if (OF_REALM.contains(name)) {
                problems.add(unhandled("$." + name));
            }
        }
        OF_ELEMENTS.forEach((list, names) -> elements("$." + list, realm.path(list), names, problems));
        realm.path("components")
                .properties()
                .forEach(type -> elements(
                        JsonPath.member("$.components", type.getKey()),
                        type.getValue(),
                        Set.of("subComponents"),
                        problems));
        return problems;
    }

    private static void elements(String path, JsonNode list, Set<String> names, List<Problem> problems) {
        for (int i = 0; i < list.size(); i++) {
            for (String name : names(list.path(i))) {
                if (names.contains(name)) {
                    problems.add(unhandled(JsonPath.element(path, i, list.path(i)) + "." + name));
                }
            }
        }
    }

    private static Problem unhandled(String path) {
        return new Problem(path, "the tool does not handle it; take it out of the file");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
