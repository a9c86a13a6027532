// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.leave;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.file.JsonPath;

/** Lists of rules for clients, without the rules that are ours. */
final class ClientRules {

    private ClientRules() {}

    /**
     * A copy without our rules.
     *
     * @param all what the server gives: an object with a list of owners
     * @param owners the name of that list
     * @param rules the name of each owner's list of rules
     * @param id under which name a rule has its provider's id
     * @param lines gets one line a rule that is left out
     */
    static ObjectNode without(JsonNode all, String owners, String rules, String id, List<String> lines) {
        ObjectNode copy = all.deepCopy();
        for (JsonNode owner : copy.path(owners)) {
            String at = JsonPath.named("$." + owners, owner.path("name").asText()) + "." + rules;
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            for (JsonNode rule : owner.path(rules)) {
                if (Traces.ours(rule.path(id).asText())) {
                    lines.add("- " + at + ": " + rule.path(id).asText());
                } else {
                    kept.add(rule);
                }
            }
            ((ObjectNode) owner).set(rules, kept);
        }
        return copy;
    }
}
