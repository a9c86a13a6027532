// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.leave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.change.Changes;
import dev.gatehouse.tool.file.JsonPath;

/**
 * What has to be done so that nothing in a realm needs the jar. First everything is bound to the server's own flows; only
 * what nobody uses any more is removed. It works with the jar on the server and without it.
 */
final class Leaving {

    private final Realm realm;
    private final JsonNode export;
    private final Set<String> flows;
    private final List<Change> changes = new ArrayList<>();

    private Leaving(Realm realm) {
        this.realm = realm;
        this.export = export(realm);
        this.flows = flows(export);
    }

    static Changes of(Realm realm) {
        Leaving leaving = new Leaving(realm);
        leaving.plan();
        return new Changes(leaving.changes);
    }

    /** The realm as a server without the jar would see it: an export, which the server gives as the answer to a POST. */
    static JsonNode export(Realm realm) {
        AdminPath path =
                realm.path("partial-export").with("exportClients", "true").with("exportGroupsAndRoles", "false");
        return realm.admin().read(path);
    }

    private void plan() {
        new LeavingSettings(realm, flows).add(changes);
        new LeavingUsers(realm, export, flows).add(changes);
        profiles();
        actions();
        components();
        removedFlows();
    }

    /** The flows that stand for themselves and have a step of ours, however deep. */
    private static Set<String> flows(JsonNode export) {
        Map<String, JsonNode> all = new HashMap<>();
        export.path("authenticationFlows")
                .forEach(flow -> all.put(flow.path("alias").asText(), flow));
        Set<String> ours = new HashSet<>();
        all.forEach((alias, flow) -> {
            if (flow.path("topLevel").asBoolean() && usesOurs(alias, all, new HashSet<>())) {
                ours.add(alias);
            }
        });
        return ours;
    }

    private static boolean usesOurs(String alias, Map<String, JsonNode> all, Set<String> seen) {
        JsonNode flow = all.get(alias);
        if (flow == null || !seen.add(alias)) {
            return false;
        }
        for (JsonNode step : flow.path("authenticationExecutions")) {
            if (Traces.ours(step.path("authenticator").asText())
                    || usesOurs(step.path("flowAlias").asText(), all, seen)) {
                return true;
            }
        }
        return false;
    }

    /** Our executors go; the others of the same profile go on guarding clients. */
    private void profiles() {
        List<String> lines = new ArrayList<>();
        ClientRules.without(realm.get("client-policies", "profiles"), "profiles", "executors", "executor", lines);
        if (!lines.isEmpty()) {
            changes.add(new Change("client profiles", lines, () -> realm.admin()
                    .put(
                            realm.path("client-policies", "profiles"),
                            ClientRules.without(
                                    realm.get("client-policies", "profiles"),
                                    "profiles",
                                    "executors",
                                    "executor",
                                    new ArrayList<>()))));
        }
    }

    private void actions() {
        for (JsonNode action : export.path("requiredActions")) {
            String alias = action.path("alias").asText();
            if (Traces.ours(action.path("providerId").asText())) {
                remove(
                        "required action " + alias,
                        JsonPath.named("$.requiredActions", alias),
                        realm.path("authentication", "required-actions", alias));
            }
        }
    }

    private void components() {
        for (JsonNode component : realm.get("components")) {
            if (Traces.ours(component.path("providerId").asText())) {
                String name = component.path("name").asText();
                remove(
                        "component " + name,
                        JsonPath.named("$.components", name),
                        realm.path("components", component.path("id").asText()));
            }
        }
    }

    private void removedFlows() {
        for (JsonNode flow : realm.get("authentication", "flows")) {
            String alias = flow.path("alias").asText();
            if (flows.contains(alias)) {
                remove(
                        "flow \"" + alias + "\"",
                        "flow \"" + alias + "\"",
                        realm.path("authentication", "flows", flow.path("id").asText()));
            }
        }
    }

    private void remove(String what, String line, AdminPath path) {
        changes.add(new Change(what, List.of("- " + line), () -> realm.admin().delete(path)));
    }
}
