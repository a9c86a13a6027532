// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.set;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.RefusedException;

/**
 * What the operator wants to have set.
 *
 * @param values by key; empty for one that shall not be set
 */
record Wanted(Map<String, Optional<String>> values) {

    /**
     * From the command line.
     *
     * @param pairs each {@code KEY=VALUE}
     * @param unset keys
     * @throws RefusedException for everything that is wrong with it
     */
    static Wanted of(List<String> pairs, List<String> unset, List<Setting<?>> declared) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                problems.add(new Problem(pair, "must be KEY=VALUE"));
            } else {
                add(
                        values,
                        pair.substring(0, equals).trim(),
                        Optional.of(pair.substring(equals + 1).trim()),
                        problems);
            }
        }
        unset.forEach(key -> add(values, key.trim(), Optional.empty(), problems));
        values.keySet().forEach(key -> unknown(key, declared, problems));
        Settings.read(declared, key -> values.getOrDefault(key, Optional.empty())
                        .orElse(null))
                .problems()
                .stream()
                .map(problem ->
                        new Problem(problem.key(), "is \"" + problem.value() + "\" but must be " + problem.range()))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        return new Wanted(values);
    }

    private static void add(
            Map<String, Optional<String>> values, String key, Optional<String> value, List<Problem> problems) {
        if (values.put(key, value) != null) {
            problems.add(new Problem(key, "is named twice"));
        }
    }

    private static void unknown(String key, List<Setting<?>> declared, List<Problem> problems) {
        if (declared.stream().noneMatch(setting -> setting.key().equals(key))) {
            problems.add(new Problem(key, "the pack knows no such setting; --list shows all"));
        }
    }
}
