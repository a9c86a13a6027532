// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One option: its key, what people read about it, its default and its bounds.
 *
 * @param <T> the type that code works with
 */
public final class Setting<T> {

    /** How a form should ask for the option. */
    public enum Kind {
        TEXT,
        FLAG
    }

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(s|m|h|d)");

    private final String key;
    private final String label;
    private final String help;
    private final Kind kind;
    private final String defaultText;
    private final String range;
    private final Function<String, Optional<T>> parser;

    private Setting(
            String key,
            String label,
            String help,
            Kind kind,
            String defaultText,
            String range,
            Function<String, Optional<T>> parser) {
        this.key = key;
        this.label = label;
        this.help = help;
        this.kind = kind;
        this.defaultText = defaultText;
        this.range = range;
        this.parser = parser;
        if (parser.apply(defaultText).isEmpty()) {
            throw new IllegalArgumentException(key + ": the default " + defaultText + " is not " + range);
        }
    }

    /** A length of time, written as a whole number and a unit: {@code 30s}, {@code 15m}, {@code 2h}, {@code 7d}. */
    public static Setting<Duration> duration(
            String key, String label, String help, String defaultText, String least, String most) {
        Duration min = parseDuration(least).orElseThrow();
        Duration max = parseDuration(most).orElseThrow();
        return new Setting<>(
                key,
                label,
                help,
                Kind.TEXT,
                defaultText,
                "a time from " + least + " to " + most + ", written as a number and s, m, h or d",
                text -> parseDuration(text)
                        .filter(value -> value.compareTo(min) >= 0)
                        .filter(value -> value.compareTo(max) <= 0));
    }

    /** A whole number from {@code least} to {@code most}. */
    public static Setting<Integer> integer(
            String key, String label, String help, int defaultValue, int least, int most) {
        return new Setting<>(
                key,
                label,
                help,
                Kind.TEXT,
                Integer.toString(defaultValue),
                "a whole number from " + least + " to " + most,
                text -> parseInteger(text).filter(value -> value >= least).filter(value -> value <= most));
    }

    /** A switch: {@code true} or {@code false}. */
    public static Setting<Boolean> flag(String key, String label, String help, boolean defaultValue) {
        return new Setting<>(
                key,
                label,
                help,
                Kind.FLAG,
                Boolean.toString(defaultValue),
                "true or false",
                text -> "true".equals(text)
                        ? Optional.of(true)
                        : "false".equals(text) ? Optional.of(false) : Optional.empty());
    }

    /** One of the values of an enum, written in lower case with hyphens. */
    public static <E extends Enum<E>> Setting<E> choice(
            String key, String label, String help, Class<E> type, E defaultValue) {
        return text(
                key,
                label,
                help,
                written(defaultValue),
                Arrays.stream(type.getEnumConstants()).map(Setting::written).collect(Collectors.joining(", ")),
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(value -> written(value).equals(text))
                        .findFirst());
    }

    /**
     * Any text that {@code parser} accepts.
     *
     * @param range what is accepted, as a phrase that can follow "must be"
     * @param parser gets the text without white space around it; empty if it does not accept it
     */
    public static <T> Setting<T> text(
            String key,
            String label,
            String help,
            String defaultText,
            String range,
            Function<String, Optional<T>> parser) {
        return new Setting<>(key, label, help, Kind.TEXT, defaultText, range, parser);
    }

    static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The key under which the value is stored. */
    public String key() {
        return key;
    }

    /** A short noun phrase for a form. */
    public String label() {
        return label;
    }

    /** What the option does, in a sentence or two. */
    public String help() {
        return help;
    }

    /** How a form should ask for it. */
    public Kind kind() {
        return kind;
    }

    /** What holds while nobody has set anything, as it would be written. */
    public String defaultText() {
        return defaultText;
    }

    /** What is accepted, as a phrase that can follow "must be". */
    public String range() {
        return range;
    }

    Optional<T> parse(String text) {
        return parser.apply(text.trim());
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    private static Optional<Integer> parseInteger(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
