// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code GATEHOUSE_…} variables that a realm file takes its values from.
 *
 * <p>Keycloak splices them into the file's text before it reads it as JSON, and expands what they contain again: a
 * quote in a value would end a string and start whatever follows. A variable that is not set stays in the realm as the
 * literal text of its placeholder. Both are told here, before anything is imported.
 */
final class ImportEnvironment {

    private static final String PREFIX = "GATEHOUSE_";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(" + PREFIX + "[A-Z0-9_]+)(:?)");
    private static final Rule ADDRESS = new Rule(
            text -> text.matches("https?://[A-Za-z0-9.:_\\[\\]-]+"),
            "an address such as https://app.example.org, without a path");
    private static final Map<String, Rule> RULES = Map.of(
            "GATEHOUSE_APP_URL", ADDRESS,
            "GATEHOUSE_BFF_URL", ADDRESS,
            "GATEHOUSE_SMTP_HOST", new Rule(text -> text.matches("[A-Za-z0-9.:_-]+"), "a host name or address"),
            "GATEHOUSE_SMTP_PORT", new Rule(ImportEnvironment::isPort, "a port from 1 to 65535"),
            "GATEHOUSE_SMTP_FROM", new Rule(text -> text.matches("[^\\s@<>]+@[^\\s@<>]+"), "an email address"),
            "GATEHOUSE_SMTP_AUTH", new Rule(ImportEnvironment::isFlag, "true or false"),
            "GATEHOUSE_SMTP_STARTTLS", new Rule(ImportEnvironment::isFlag, "true or false"),
            "GATEHOUSE_SMTP_SSL", new Rule(ImportEnvironment::isFlag, "true or false"));

    private record Rule(Predicate<String> accepts, String range) {}

    private final Map<String, String> environment;

    ImportEnvironment(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Every problem as a sentence without the value, which may be a secret. */
    List<String> problems(Optional<Path> importFolder) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                problem(name, value).ifPresent(problems::add);
            }
        });
        importFolder.ifPresent(folder -> missing(folder).forEach(problems::add));
        return problems;
    }

    private static Optional<String> problem(String name, String value) {
        if (value.contains("\"") || value.contains("\\") || value.contains("${")) {
            return Optional.of(name + " has a quote, a backslash or ${ in it, which would change the realm's file; "
                    + "set such a value in the admin console or in a vault");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(name + " has a control character in it");
        }
        Rule rule = RULES.get(name);
        return rule == null || rule.accepts().test(value)
                ? Optional.empty()
                : Optional.of(name + " must be " + rule.range());
    }

    private List<String> missing(Path folder) {
        TreeMap<String, TreeSet<String>> missing = new TreeMap<>();
        for (Path file : realmFiles(folder)) {
            Matcher matcher = PLACEHOLDER.matcher(read(file));
            while (matcher.find()) {
                String name = matcher.group(1);
                boolean hasDefault = !matcher.group(2).isEmpty();
                if (!hasDefault && environment.getOrDefault(name, "").isBlank()) {
                    missing.computeIfAbsent(name, key -> new TreeSet<>())
                            .add(file.getFileName().toString());
                }
            }
        }
        return missing.entrySet().stream()
                .map(entry -> entry.getKey() + " is not set, but " + String.join(", ", entry.getValue())
                        + " needs it for the import")
                .toList();
    }

    private static List<Path> realmFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("Gatehouse: " + folder + " cannot be read", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("Gatehouse: " + file + " cannot be read as UTF-8 text", e);
        }
    }

    private static boolean isPort(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535;
    }

    private static boolean isFlag(String text) {
        return text.equals("true") || text.equals("false");
    }
}
