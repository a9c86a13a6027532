// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.file.JsonPath;

/** Required actions that the file names. */
final class Actions {

    private final Target target;
    private final Realm realm;

    Actions(Target target) {
        this.target = target;
        this.realm = target.realm();
    }

    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        List<JsonNode> wanted = target.file().list("requiredActions");
        Map<String, JsonNode> there =
                wanted.isEmpty() ? Map.of() : Target.by("alias", realm.get("authentication", "required-actions"));
        for (JsonNode action : wanted) {
            String alias = action.path("alias").asText();
            String at = JsonPath.named("$.requiredActions", alias);
            JsonNode actual = there.get(alias);
            Difference difference = Difference.of(
                    at,
                    action,
                    actual == null ? JsonNodeFactory.instance.objectNode() : actual,
                    (where, key, value) -> target.onlyDefault(where, value));
            if (!difference.none()) {
                List<String> lines = actual == null ? List.of("+ " + at) : difference.lines();
                changes.add(new Change(
                        "required action " + alias, lines, () -> write(alias, action, difference, actual == null)));
            }
        }
        return changes;
    }

    private void write(String alias, JsonNode action, Difference difference, boolean missing) {
        if (missing) {
            realm.admin()
                    .post(
                            realm.path("authentication", "register-required-action"),
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("providerId", action.path("providerId").asText(alias))
                                    .put("name", action.path("name").asText(alias)));
        }
        realm.admin().put(realm.path("authentication", "required-actions", alias), difference.merged());
    }
}
