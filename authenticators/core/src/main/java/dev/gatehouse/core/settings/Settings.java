// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** The values of a list of {@linkplain Setting settings}, read once at the border of the system. */
public final class Settings {

    /** A present value that its setting does not accept. */
    public record Problem(String key, String value, String range) {

        /** The problem as a sentence that names the value and the rule. */
        public String sentence() {
            return key + " is \"" + value + "\" but must be " + range;
        }
    }

    private final Map<Setting<?>, Object> values;
    private final List<Problem> problems;

    private Settings(Map<Setting<?>, Object> values, List<Problem> problems) {
        this.values = values;
        this.problems = problems;
    }

    /**
     * Reads every declared setting from {@code source}. An absent or blank value means the default; a value that is
     * there but not accepted is reported by {@link #problems()}, and {@link #get} then answers with the default.
     */
    public static Settings read(List<Setting<?>> declared, Function<String, @Nullable String> source) {
        Map<Setting<?>, Object> values = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Setting<?> setting : declared) {
            String given = source.apply(setting.key());
            Optional<?> value = given == null || given.isBlank() ? Optional.empty() : setting.parse(given);
            if (given != null && !given.isBlank() && value.isEmpty()) {
                problems.add(new Problem(setting.key(), given, setting.range()));
            }
            values.put(
                    setting,
                    value.isPresent()
                            ? value.get()
                            : setting.parse(setting.defaultText()).orElseThrow());
        }
        return new Settings(Map.copyOf(values), List.copyOf(problems));
    }

    /** The value of a setting that was declared when this was read. */
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException(setting.key() + " was not declared");
        }
        // The parser of a Setting<T> makes nothing but T.
        return (T) value;
    }

    /** The value as it can be shown, with choices as they are written. */
    public String shown(Setting<?> setting) {
        Object value = get(setting);
        return value instanceof Enum<?> choice ? Setting.written(choice) : value.toString();
    }

    /** Every present value that was not accepted, in the order of declaration. */
    public List<Problem> problems() {
        return problems;
    }
}
