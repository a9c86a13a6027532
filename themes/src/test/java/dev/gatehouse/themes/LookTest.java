// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.themes;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LookTest {

    private static final double TEXT = 4.5;
    private static final double EDGE = 3;

    private static final Pattern COLOUR = Pattern.compile("--gatehouse-([a-z-]+): #([0-9a-f]{6});");

    private final String css =
            ThemeFiles.below(ThemeFiles.LOGIN).getOrDefault("resources/css/gatehouse.css", "no style sheet");
    private final int darkStart = css.indexOf(":root.pf-v5-theme-dark {");
    private final Map<String, String> light = colours(css.substring(0, darkStart));
    private final Map<String, String> dark = colours(css.substring(darkStart));

    @Test
    void darkSetsEveryColourThatLightSets() {
        assertThat(dark.keySet()).isEqualTo(light.keySet());
    }

    @Test
    void textIsReadableInLightAndDark() {
        for (Map<String, String> look : List.of(light, dark)) {
            for (String surface : new String[] {"surface", "raised", "field", "background"}) {
                for (String text : new String[] {"ink", "muted", "accent", "accent-strong", "danger"}) {
                    assertContrast(look, text, surface, TEXT);
                }
            }
            assertContrast(look, "accent-text", "accent", TEXT);
            assertContrast(look, "accent-text", "accent-strong", TEXT);
        }
    }

    @Test
    void fieldsAndFocusAreVisibleInLightAndDark() {
        for (Map<String, String> look : List.of(light, dark)) {
            for (String surface : new String[] {"surface", "background"}) {
                assertContrast(look, "focus", surface, EDGE);
            }
            assertContrast(look, "line", "surface", EDGE);
            assertContrast(look, "line", "field", EDGE);
        }
    }

    @Test
    void coloursAreSetInOnePlace() {
        int end = css.indexOf("/* The stock look in our colours. */");

        assertThat(end).isGreaterThan(darkStart);
        assertThat(css.substring(end)).doesNotContainPattern("#[0-9a-f]{3,8}\\b|rgba?\\(");
    }

    @Test
    void motionAndFocusAreRespected() {
        assertThat(css).contains("prefers-reduced-motion: reduce", "forced-colors: active", ":focus-visible");
    }

    @Test
    void theDescriptorNamesTheThemesThatAreThere() {
        String descriptor = ThemeFiles.below(ThemeFiles.RESOURCES).getOrDefault("META-INF/keycloak-themes.json", "");

        assertThat(descriptor).contains("\"name\": \"gatehouse\"", "\"login\"", "\"email\"");
        assertThat(ThemeFiles.LOGIN.resolve("theme.properties")).exists();
        assertThat(ThemeFiles.EMAIL.resolve("theme.properties")).exists();
    }

    @Test
    void theParentsStyleSheetComesBeforeOurs() throws IOException {
        assertThat(properties(ThemeFiles.LOGIN))
                .containsEntry("parent", "keycloak.v2")
                .containsEntry("styles", "css/styles.css css/gatehouse.css");
    }

    @Test
    void theFrameOfTheMailsUsesOnlyColoursThatAreSet() throws IOException {
        Properties properties = properties(ThemeFiles.EMAIL);

        for (String template : ThemeFiles.templates()) {
            assertThat(ThemeFiles.found("(?<=properties\\.)gatehouse\\w+", template))
                    .allSatisfy(name -> assertThat(properties).containsKey(name));
        }
    }

    private static void assertContrast(Map<String, String> look, String front, String back, double least) {
        assertThat(contrast(look.getOrDefault(front, ""), look.getOrDefault(back, "")))
                .as("%s on %s", front, back)
                .isGreaterThanOrEqualTo(least);
    }

    /** The contrast ratio of WCAG 2. */
    private static double contrast(String one, String other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String colour) {
        return 0.2126 * channel(colour.substring(0, 2))
                + 0.7152 * channel(colour.substring(2, 4))
                + 0.0722 * channel(colour.substring(4, 6));
    }

    private static double channel(String hex) {
        double value = Integer.parseInt(hex, 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static Map<String, String> colours(String block) {
        Map<String, String> colours = new TreeMap<>();
        for (MatchResult match : COLOUR.matcher(block).results().toList()) {
            colours.put(match.group(1), match.group(2));
        }
        return colours;
    }

    private static Properties properties(Path theme) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(theme.resolve("theme.properties"))) {
            properties.load(reader);
        }
        return properties;
    }
}
