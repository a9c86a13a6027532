// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.Realm;
import org.jspecify.annotations.Nullable;

/** The flows of a server as trees. */
final class ServerFlows {

    private final Realm realm;
    /** Alias and representation of each flow that stands for itself, steps left out. */
    private final Map<String, JsonNode> heads;

    ServerFlows(Realm realm) {
        this.realm = realm;
        this.heads = new TreeMap<>(Target.by("alias", realm.get("authentication", "flows")));
    }

    /** The aliases of all flows that stand for themselves. */
    List<String> aliases() {
        return List.copyOf(heads.keySet());
    }

    /** The flow of that alias with all its steps; empty steps are none. */
    @Nullable
    Flow flow(String alias) {
        JsonNode head = heads.get(alias);
        if (head == null) {
            return null;
        }
        Iterator<JsonNode> rows =
                realm.get("authentication", "flows", alias, "executions").elements();
        List<JsonNode> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        return new Flow(
                head.path("id").asText(),
                alias,
                head.path("description").asText(),
                head.path("providerId").asText(),
                head.path("builtIn").asBoolean(),
                steps(all, 0));
    }

    /** The server gives a tree as rows, each with its depth: what is inside a flow follows it, one deeper. */
    private List<Step> steps(List<JsonNode> rows, int depth) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).path("level").asInt() == depth) {
                int end = i + 1;
                while (end < rows.size() && rows.get(end).path("level").asInt() > depth) {
                    end++;
                }
                steps.add(step(rows.get(i), rows.subList(i + 1, end), depth + 1));
            }
        }
        return steps;
    }

    private Step step(JsonNode row, List<JsonNode> inside, int depth) {
        boolean flow = row.path("authenticationFlow").asBoolean();
        String provider = row.path("providerId").asText();
        String config = row.path("authenticationConfig").asText();
        return new Step(
                row.path("id").asText(),
                provider,
                row.path("requirement").asText(),
                row.path("priority").asInt(),
                config.isEmpty() ? null : config(config),
                flow ? inner(row, inside, depth) : null);
    }

    private Flow inner(JsonNode row, List<JsonNode> inside, int depth) {
        return new Flow(
                row.path("flowId").asText(),
                row.path("displayName").asText(),
                row.path("description").asText(),
                row.path("providerId").asText().isEmpty() ? Flow.BASIC : Flow.FORM,
                false,
                steps(inside, depth));
    }

    private Step.Config config(String id) {
        JsonNode config = realm.get("authentication", "config", id);
        return new Step.Config(id, config.path("alias").asText(), FileFlows.values(config.path("config")));
    }
}
