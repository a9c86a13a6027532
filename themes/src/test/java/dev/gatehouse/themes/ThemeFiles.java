// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.themes;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of the module, as text. */
final class ThemeFiles {

    static final Path RESOURCES = Path.of("src", "main", "resources");
    static final Path SHARED = RESOURCES.resolve("theme-resources");
    static final Path TEMPLATES = SHARED.resolve("templates");
    static final Path MESSAGES = SHARED.resolve("messages");
    static final Path LOGIN = RESOURCES.resolve(Path.of("theme", "gatehouse", "login"));
    static final Path EMAIL = RESOURCES.resolve(Path.of("theme", "gatehouse", "email"));

    private ThemeFiles() {}

    /** Every file below a folder, by its path in that folder with slashes. */
    static Map<String, String> below(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    static Map<String, String> below(Path folder, String ending) {
        Map<String, String> files = below(folder);
        files.keySet().removeIf(name -> !name.endsWith(ending));
        return files;
    }

    static Collection<String> templates() {
        return below(RESOURCES, ".ftl").values();
    }

    /** All texts, by language. */
    static Map<String, Map<String, String>> messages() {
        Map<String, Map<String, String>> languages = new TreeMap<>();
        for (String name : below(MESSAGES).keySet()) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(MESSAGES.resolve(name))) {
                properties.load(reader);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            Map<String, String> texts = new TreeMap<>();
            properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
            languages.put(name.replaceAll("^messages_|\\.properties$", ""), texts);
        }
        return languages;
    }

    static List<String> found(String pattern, CharSequence text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
