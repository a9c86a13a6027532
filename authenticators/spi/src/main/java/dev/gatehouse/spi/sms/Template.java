// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text with placeholders such as {@code {to}}. What is put in their place is not looked at for placeholders again. */
final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_-]+)}");

    /** A piece of it: what stands there, or the name of what is to stand there. */
    record Part(String text, boolean isPlaceholder) {}

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Finds the placeholders.
     *
     * @throws IllegalArgumentException with a clause that names a placeholder that is not in {@code known}, and nothing
     *     else of {@code text}
     */
    static Template parse(String text, Set<String> known) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!known.contains(name)) {
                throw new IllegalArgumentException("holds {" + name + "}, which is no placeholder; there is "
                        + known.stream().sorted().map(it -> "{" + it + "}").collect(Collectors.joining(", ")));
            }
            parts.add(new Part(text.substring(end, matcher.start()), false));
            parts.add(new Part(name, true));
            end = matcher.end();
        }
        parts.add(new Part(text.substring(end), false));
        return new Template(List.copyOf(parts));
    }

    List<Part> parts() {
        return parts;
    }

    boolean has(String placeholder) {
        return parts.contains(new Part(placeholder, true));
    }

    /** The text with what {@code values} makes of the name of each placeholder. */
    String fill(UnaryOperator<String> values) {
        return parts.stream()
                .map(part -> part.isPlaceholder() ? values.apply(part.text()) : part.text())
                .collect(Collectors.joining());
    }
}
