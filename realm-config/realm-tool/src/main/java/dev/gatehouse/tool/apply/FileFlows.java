// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The flows of a file as trees. That every name is there once and leads to no circle is known. */
final class FileFlows {

    private final Map<String, JsonNode> flows;
    private final Map<String, JsonNode> configs;

    FileFlows(RealmFile file) {
        this.flows = Target.by("alias", file.list("authenticationFlows"));
        this.configs = Target.by("alias", file.list("authenticatorConfig"));
    }

    /** The flows that stand for themselves. */
    List<Flow> topLevel() {
        return flows.values().stream()
                .filter(flow -> flow.path("topLevel").asBoolean())
                .map(this::flow)
                .toList();
    }

    private Flow flow(JsonNode flow) {
        List<Step> steps = new ArrayList<>();
        flow.path("authenticationExecutions").forEach(step -> steps.add(step(step)));
        steps.sort(Comparator.comparingInt(Step::priority));
        return new Flow(
                "",
                flow.path("alias").asText(),
                flow.path("description").asText(),
                flow.path("providerId").asText(Flow.BASIC),
                false,
                steps);
    }

    private Step step(JsonNode step) {
        JsonNode inner = flows.get(step.path("flowAlias").asText());
        return new Step(
                "",
                step.path("authenticator").asText(),
                step.path("requirement").asText(),
                step.path("priority").asInt(),
                config(step.path("authenticatorConfig").asText()),
                inner == null ? null : flow(inner));
    }

    private Step.@Nullable Config config(String alias) {
        JsonNode config = configs.get(alias);
        return config == null ? null : new Step.Config("", alias, values(config.path("config")));
    }

    /** The server does not store empty values. */
    static Map<String, String> values(JsonNode config) {
        Map<String, String> values = new TreeMap<>();
        config.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        values.values().removeIf(String::isEmpty);
        return values;
    }
}
