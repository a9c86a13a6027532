// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.realm.RealmFiles;

/** The shipped realm with one thing changed, and what the rules say to that. */
final class Changed {

    static final Declared DECLARED = Declared.byThePack();

    private static final List<String> BUILT_IN_SCOPES =
            List.of("acr", "basic", "email", "offline_access", "profile", "roles", "web-origins");

    private Changed() {}

    /** As a file: a rule and a path for each finding. */
    static List<String> file(Consumer<ObjectNode> change) {
        return named(findings(change, Map.of()));
    }

    /** As a file, with these variables in the environment. */
    static List<String> file(Consumer<ObjectNode> change, Map<String, String> environment) {
        return named(findings(change, environment));
    }

    /** As a realm of a server that has these providers beside what it does not tell. */
    static List<String> server(String serverInfo, Consumer<ObjectNode> change) {
        JsonNode resolved = Placeholders.resolved(
                shipped(realm -> {
                    for (String scope : BUILT_IN_SCOPES) {
                        add(realm, "clientScopes").put("name", scope);
                    }
                    change.accept(realm);
                }),
                name -> Optional.of("set"));
        return named(Rules.check(Subject.ofServer(resolved, Known.byServer(json(serverInfo)), DECLARED)));
    }

    /** What the only finding says. */
    static String sentence(Consumer<ObjectNode> change) {
        List<Finding> findings = findings(change, Map.of());
        return findings.get(0).problem().sentence();
    }

    static List<Finding> findings(Consumer<ObjectNode> change, Map<String, String> environment) {
        return Rules.check(Subject.ofFile(
                shipped(change),
                name -> Optional.ofNullable(environment.get(name)),
                Known.byDeclaration(DECLARED),
                DECLARED));
    }

    static ObjectNode shipped(Consumer<ObjectNode> change) {
        ObjectNode realm = RealmFiles.read(RealmFiles.IMPORT).deepCopy();
        change.accept(realm);
        return realm;
    }

    /** The element of a list of the realm whose {@code key} is {@code name}. */
    static ObjectNode in(ObjectNode realm, String list, String key, String name) {
        for (JsonNode element : realm.path(list)) {
            if (element.path(key).asText().equals(name)) {
                return (ObjectNode) element;
            }
        }
        throw new IllegalArgumentException(list + " has no " + name);
    }

    static ObjectNode client(ObjectNode realm, String name) {
        return in(realm, "clients", "clientId", name);
    }

    static ObjectNode attributes(ObjectNode realm, String client) {
        return client(realm, client).withObject("attributes");
    }

    static ObjectNode provider(ObjectNode realm, String name) {
        return in(realm, "identityProviders", "alias", name);
    }

    static ObjectNode flow(ObjectNode realm, String name) {
        return in(realm, "authenticationFlows", "alias", name);
    }

    static ObjectNode step(ObjectNode realm, String flow, int index) {
        return (ObjectNode) flow(realm, flow).path("authenticationExecutions").get(index);
    }

    static ObjectNode add(ObjectNode realm, String list) {
        return realm.withArray(list).addObject();
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<String> named(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.severity().word() + " " + finding.rule() + " "
                        + finding.problem().path())
                .toList();
    }
}
