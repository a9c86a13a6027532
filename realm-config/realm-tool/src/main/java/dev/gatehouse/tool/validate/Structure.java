// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.RefusedException;

/**
 * What a file has to keep to before anything of it can be written to a server: properties and kinds of values that the
 * server knows, flows that are trees, providers that are there. How safe the realm is, is for {@code validate} to say.
 */
public final class Structure {

    private static final List<Rule> RULES = Stream.concat(
                    SyntaxRules.ALL.stream().filter(rule -> rule.name().equals("known-property")),
                    Stream.concat(FlowRules.ALL.stream(), ProviderRules.ALL.stream()))
            .toList();

    private Structure() {}

    /**
     * The realm that a text spells.
     *
     * @param name of the file, for messages
     * @throws RefusedException that names line and column if it spells none
     */
    public static JsonNode parse(String name, String text) {
        return RealmText.parse(name, text);
    }

    /**
     * What is wrong with a file.
     *
     * @param file without placeholders
     * @param serverInfo what the server that it is for tells of itself
     */
    public static List<Problem> problems(JsonNode file, JsonNode serverInfo) {
        Subject subject =
                Subject.ofFile(file, name -> Optional.empty(), Known.byServer(serverInfo), Declared.byThePack());
        return RULES.stream()
                .flatMap(rule -> rule.on(subject).stream())
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(Finding::problem)
                .toList();
    }
}
