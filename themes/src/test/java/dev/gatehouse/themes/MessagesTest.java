// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.themes;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class MessagesTest {

    /** Keycloak derives two of them from the provider id; the rest are errors and subjects that the server side names. */
    private static final Set<String> NAMED_BY_THE_SERVER = Set.of(
            "gatehouse-magic-link-display-name",
            "gatehouse-magic-link-help-text",
            "gatehouse-idp-username-password-form-display-name",
            "gatehouse-idp-username-password-form-help-text",
            "gatehouse-username-form-display-name",
            "gatehouse-username-form-help-text",
            "gatehouse-username-password-form-display-name",
            "gatehouse-username-password-form-help-text",
            "gatehouseBrokerFailed",
            "gatehouseBrokerUnavailable",
            "gatehouseBrokerDenied",
            "gatehouseBrokerGone",
            "gatehouseLimitDenied",
            "gatehouseLimitHours",
            "gatehouseLimitMinutes",
            "gatehouseLimitSeconds",
            "gatehouseLimitUnavailable",
            "gatehouseMagicLinkAddressInvalid",
            "gatehouseMagicLinkCodeInvalid",
            "gatehouseMagicLinkCodeSpent",
            "gatehouseMagicLinkCodeWrong",
            "gatehouseMagicLinkNumberInvalid",
            "gatehouseMagicLinkSms",
            "gatehouseMagicLinkSmsBroker",
            "gatehouseMagicLinkMintedDead",
            "gatehouseMagicLinkUnavailable",
            "gatehouseMagicLinkWait",
            "gatehouseTotpNameTaken",
            "gatehouseTotpTooMany",
            "gatehouseFirstProofMailSubject",
            "gatehouseMagicLinkCreateMailSubject",
            "gatehouseMagicLinkMailSubject",
            "gatehouseMagicLinkUnverifiedMailSubject");

    private static final Pattern NAMED_BY_A_TEMPLATE = Pattern.compile("(?:msg\\(|\\bkey=)\"(gatehouse[^\"]*)\"");

    private final Map<String, Map<String, String>> languages = ThemeFiles.messages();

    @Test
    void englishAndGermanAreThere() {
        assertThat(languages).containsKeys("en", "de");
    }

    @Test
    void everyLanguageHasTheSameKeys() {
        Set<String> english = languages.getOrDefault("en", Map.of()).keySet();

        languages.forEach((language, texts) ->
                assertThat(texts.keySet()).as(language).containsExactlyInAnyOrderElementsOf(english));
    }

    @Test
    void everyLanguageUsesTheSameArguments() {
        Map<String, String> english = languages.getOrDefault("en", Map.of());

        forEachText((where, text) -> {
            String key = where.substring(where.indexOf(' ') + 1);
            assertThat(arguments(text)).as(where).isEqualTo(arguments(english.getOrDefault(key, "")));
        });
    }

    @Test
    void everyKeyIsPrefixed() {
        forEachText((where, text) -> assertThat(where).matches("\\w+ gatehouse([A-Z][A-Za-z]*|-[a-z-]+)"));
    }

    @Test
    void noTextIsEmptyOrHasBlanksAround() {
        forEachText((where, text) -> assertThat(text).as(where).isNotBlank().isEqualTo(text.strip()));
    }

    @Test
    void noTextHasMarkup() {
        forEachText((where, text) ->
                assertThat(text.replaceAll("\\|\\d<", "|")).as(where).doesNotContain("<", ">", "&"));
    }

    @Test
    void everyApostropheIsWrittenTwice() {
        forEachText(
                (where, text) -> assertThat(text.replace("''", "")).as(where).doesNotContain("'"));
    }

    @Test
    void everyTextIsAMessageFormat() {
        forEachText(
                (where, text) -> assertThatCode(() -> new MessageFormat(text, Locale.ROOT).format(new Object[] {1, 2}))
                        .as(where)
                        .doesNotThrowAnyException());
    }

    @Test
    void amountsAreCountedRight() {
        assertThat(english("gatehouseMagicLinkSentMinutes", 1)).isEqualTo("Link and code are valid for one minute.");
        assertThat(english("gatehouseMagicLinkSentMinutes", 15)).isEqualTo("Link and code are valid for 15 minutes.");
        assertThat(english("gatehouseMagicLinkWait", 1)).contains("one second");
        assertThat(english("gatehouseMagicLinkWait", 30)).contains("30 seconds");
    }

    @Test
    void everyKeyThatATemplateNamesExists() {
        languages.forEach(
                (language, texts) -> assertThat(texts.keySet()).as(language).containsAll(namedByTemplates()));
    }

    @Test
    void noKeyIsUnused() {
        Set<String> used = new TreeSet<>(namedByTemplates());
        used.addAll(NAMED_BY_THE_SERVER);

        assertThat(languages.getOrDefault("en", Map.of()).keySet()).containsExactlyInAnyOrderElementsOf(used);
    }

    private void forEachText(BiConsumer<String, String> check) {
        languages.forEach((language, texts) -> texts.forEach((key, text) -> check.accept(language + " " + key, text)));
    }

    private String english(String key, Object... arguments) {
        String text = languages.getOrDefault("en", Map.of()).getOrDefault(key, "");
        return new MessageFormat(text, Locale.ENGLISH).format(arguments);
    }

    private static Set<String> arguments(String text) {
        return new TreeSet<>(ThemeFiles.found("\\{\\d", text));
    }

    private static Set<String> namedByTemplates() {
        Set<String> keys = new TreeSet<>();
        for (String template : ThemeFiles.templates()) {
            for (MatchResult match :
                    NAMED_BY_A_TEMPLATE.matcher(template).results().toList()) {
                keys.add(match.group(1));
            }
        }
        return keys;
    }
}
