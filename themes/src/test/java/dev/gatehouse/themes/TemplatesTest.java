// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.themes;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TemplatesTest {

    private static final Set<String> OUTSIDE_A_SIGN_IN = Set.of(
            "gatehouse-magic-link-open.ftl", "gatehouse-magic-link-confirmed.ftl", "gatehouse-magic-link-refused.ftl");

    private final Map<String, String> templates = ThemeFiles.below(ThemeFiles.RESOURCES, ".ftl");
    private final Map<String, String> shared = ThemeFiles.below(ThemeFiles.TEMPLATES);

    @Test
    void everySharedFileIsPrefixed() {
        assertThat(shared.keySet())
                .isNotEmpty()
                .allMatch(name -> name.matches("((html|text)/)?gatehouse-[a-z-]+\\.ftl"));
        assertThat(ThemeFiles.below(ThemeFiles.SHARED.resolve("resources")).keySet())
                .isNotEmpty()
                .allMatch(name -> name.matches("[a-z]+/gatehouse-[a-z-]+\\.[a-z]+"));
    }

    @Test
    void noTemplateOfKeycloakIsReplacedExceptTheFrameOfTheMails() {
        assertThat(ThemeFiles.below(ThemeFiles.LOGIN, ".ftl")).isEmpty();
        assertThat(ThemeFiles.below(ThemeFiles.EMAIL, ".ftl")).containsOnlyKeys("html/template.ftl");
    }

    @Test
    void everyMailIsThereAsHtmlAndAsText() {
        assertThat(ThemeFiles.below(ThemeFiles.TEMPLATES.resolve("html")).keySet())
                .isNotEmpty()
                .isEqualTo(
                        ThemeFiles.below(ThemeFiles.TEMPLATES.resolve("text")).keySet());
    }

    @Test
    void textMailsAreWrittenAsText() {
        ThemeFiles.below(ThemeFiles.TEMPLATES.resolve("text"))
                .forEach((name, template) ->
                        assertThat(template).as(name).startsWith("<#ftl output_format=\"plainText\">"));
    }

    @Test
    void templatesImportOnlyTheLayoutAndOurOwnParts() {
        shared.forEach((name, template) -> assertThat(ThemeFiles.found("<#import \"[^\"]+\"", template))
                .as(name)
                .isSubsetOf(
                        "<#import \"template.ftl\"",
                        "<#import \"gatehouse-parts.ftl\"",
                        "<#import \"/gatehouse-parts.ftl\""));
    }

    @Test
    void everyVisibleTextIsAMessage() {
        templates.forEach(
                (name, template) -> assertThat(visibleText(template)).as(name).doesNotContainPattern("\\p{L}"));
    }

    @Test
    void escapingIsNeverSwitchedOff() {
        templates.forEach((name, template) -> assertThat(template)
                .as(name)
                .doesNotContain("no_esc", "noautoesc", "kcSanitize", "?interpret", "?eval"));
    }

    @Test
    void scriptsAreFilesOfOurOwn() {
        templates.forEach((name, template) -> {
            assertThat(ThemeFiles.found("<script(?![^>]* src=\"\\$\\{url\\.resourcesPath}/)", template))
                    .as(name)
                    .isEmpty();
            assertThat(template).as(name).doesNotContainPattern("(?i)\\son[a-z]+\\s*=\\s*[\"']");
            assertThat(template).as(name).doesNotContainIgnoringCase("javascript:");
        });
    }

    @Test
    void pagesHaveNoInlineStyle() {
        shared.forEach((name, template) -> {
            if (!name.startsWith("html/")) {
                assertThat(template).as(name).doesNotContainPattern("\\sstyle=|<style");
            }
        });
    }

    @Test
    void everyFileThatAPageLoadsIsThere() {
        Map<String, String> resources = ThemeFiles.below(ThemeFiles.SHARED.resolve("resources"));

        for (String template : shared.values()) {
            assertThat(ThemeFiles.found("(?<=resourcesPath}/)[\\w./-]+", template))
                    .isSubsetOf(resources.keySet());
        }
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        ThemeFiles.below(ThemeFiles.RESOURCES).forEach((name, content) -> {
            if (name.matches(".*\\.(ftl|css|js|svg|json)")) {
                assertThat(content.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                        .as(name)
                        .doesNotContainPattern("(?i)https?:|[\"'(]//|@import");
            }
        });
    }

    @Test
    void pagesOutsideASignInNeedNoStep() {
        OUTSIDE_A_SIGN_IN.forEach(name -> assertThat(shared.getOrDefault(name, ""))
                .as(name)
                .contains("<#global auth = {}>", "parts.urlThatStays()")
                .doesNotContain("loginAction", "loginRestartFlowUrl", "otherWays"));
    }

    @Test
    void everyPageButTheFirstHasATitleOfItsOwn() {
        shared.forEach((name, template) -> {
            if (name.matches("gatehouse-magic-link-.*")) {
                assertThat(template).as(name).contains("<#global title = parts.pageTitle(");
            }
        });
    }

    @Test
    void everyFileStartsWithItsLicence() {
        templates.forEach((name, template) -> assertThat(template.lines().limit(2))
                .as(name)
                .contains("<#-- SPDX-License-Identifier: Apache-2.0 -->"));
    }

    /** What is left when directives, expressions and tags are taken away. */
    private static String visibleText(String template) {
        return template.replaceAll("(?s)<#--.*?-->", "")
                .replaceAll("(?s)</?[#@](?:\"[^\"]*\"|->|[^>\"])*>", "")
                .replaceAll("\\$\\{(?:\"[^\"]*\"|[^}\"])*}", "")
                .replaceAll("(?s)<style>.*?</style>", "")
                .replaceAll("(?s)<[^>]*>", "");
    }
}
