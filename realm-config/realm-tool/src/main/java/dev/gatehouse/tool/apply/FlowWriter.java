// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.apply.FlowDifference.Edit;

/** Writes flows: builds new ones, edits single steps, gives aliases. */
final class FlowWriter {

    private final Realm realm;

    FlowWriter(Realm realm) {
        this.realm = realm;
    }

    /** Builds a flow that nothing uses yet; every alias in it gets {@code mark} behind it. */
    void build(Flow flow, String mark) {
        ObjectNode head = head(flow, flow.alias() + mark, flow.description(), true);
        fill(realm.admin().create(realm.path("authentication", "flows"), head), flow, mark);
    }

    private void fill(String id, Flow flow, String mark) {
        int place = 0;
        for (Step step : flow.steps()) {
            place += 10;
            Flow inner = step.flow();
            if (inner == null) {
                add(id, step, place, mark);
            } else {
                fill(addFlow(flow.alias() + mark, step, inner, place, mark), inner, mark);
            }
        }
    }

    private void add(String flowId, Step step, int place, String mark) {
        ObjectNode execution = object().put("parentFlow", flowId)
                .put("authenticator", step.provider())
                .put("authenticatorFlow", false)
                .put("requirement", step.requirement())
                .put("priority", place);
        String id = realm.admin().create(realm.path("authentication", "executions"), execution);
        Step.Config config = step.config();
        if (config != null) {
            configure(id, config, mark);
        }
    }

    private String addFlow(String parent, Step step, Flow inner, int place, String mark) {
        ObjectNode flow = object().put("alias", inner.alias() + mark)
                .put("type", inner.provider())
                .put("provider", step.provider())
                .put("description", inner.description())
                .put("priority", place);
        String id = realm.admin().create(realm.path("authentication", "flows", parent, "executions", "flow"), flow);
        // The server makes it disabled, whatever is said.
        for (JsonNode row : realm.get("authentication", "flows", parent, "executions")) {
            if (row.path("flowId").asText().equals(id)) {
                require(parent, row, step.requirement());
            }
        }
        return id;
    }

    private void require(String flow, JsonNode row, String requirement) {
        ObjectNode changed = row.deepCopy();
        changed.put("requirement", requirement);
        realm.admin().put(realm.path("authentication", "flows", flow, "executions"), changed);
    }

    /** Does one edit. */
    void edit(Edit edit) {
        if (edit instanceof Edit.Requirement change) {
            for (JsonNode row : realm.get("authentication", "flows", change.flow(), "executions")) {
                if (row.path("id").asText().equals(change.actual().id())) {
                    require(change.flow(), row, change.requirement());
                }
            }
        } else if (edit instanceof Edit.Description change) {
            describe(change.actual(), change.actual().alias(), change.description(), change.topLevel());
        } else if (edit instanceof Edit.Configuration change) {
            Step.Config there = change.actual().config();
            if (there == null) {
                configure(change.actual().id(), change.wanted(), "");
            } else {
                put(there.id(), change.wanted().alias(), change.wanted().values());
            }
        }
    }

    /** Takes the marks off the aliases of a flow that was built beside another, which is gone. */
    void unmark(Flow flow, boolean topLevel) {
        String plain = FlowName.plain(flow.alias());
        if (!plain.equals(flow.alias())) {
            describe(flow, plain, flow.description(), topLevel);
        }
        for (Step step : flow.steps()) {
            Step.Config config = step.config();
            if (config != null && !FlowName.plain(config.alias()).equals(config.alias())) {
                put(config.id(), FlowName.plain(config.alias()), config.values());
            }
            Flow inner = step.flow();
            if (inner != null) {
                unmark(inner, false);
            }
        }
    }

    private void configure(String execution, Step.Config config, String mark) {
        realm.admin()
                .create(
                        realm.path("authentication", "executions", execution, "config"),
                        configuration(config.alias() + mark, config.values()));
    }

    private void put(String id, String alias, Map<String, String> values) {
        realm.admin()
                .put(
                        realm.path("authentication", "config", id),
                        configuration(alias, values).put("id", id));
    }

    private void describe(Flow flow, String alias, String description, boolean topLevel) {
        realm.admin()
                .put(
                        realm.path("authentication", "flows", flow.id()),
                        head(flow, alias, description, topLevel).put("id", flow.id()));
    }

    private static ObjectNode head(Flow flow, String alias, String description, boolean topLevel) {
        return object().put("alias", alias)
                .put("description", description)
                .put("providerId", flow.provider())
                .put("topLevel", topLevel)
                .put("builtIn", false);
    }

    private static ObjectNode configuration(String alias, Map<String, String> values) {
        ObjectNode configuration = object().put("alias", alias);
        ObjectNode config = configuration.putObject("config");
        values.forEach(config::put);
        return configuration;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
