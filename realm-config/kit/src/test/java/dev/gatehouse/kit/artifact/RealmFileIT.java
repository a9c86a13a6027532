// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.kit.server.Build;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** The realm that the kit imports, as a file: what Keycloak would swallow in silence fails here. */
class RealmFileIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]*)(:[^}]*)?}");

    private String text = "";
    private JsonNode realm = JSON.createObjectNode();

    @BeforeEach
    void read() throws Exception {
        text = Archive.of(Build.kit()).text("data/import/gatehouse.json");
        realm = JSON.readTree(text);
    }

    @Test
    void itIsSortedAndHasNoIds() throws Exception {
        walk(realm, "$", (path, node) -> {
            if (node.isObject()) {
                List<String> names = names(node);
                assertThat(names).as(path).isSorted().doesNotContain("id", "containerId", "internalId");
            }
        });
    }

    @Test
    void itHoldsNoSecretAndNoUser() {
        assertThat(realm.has("users")).isFalse();
        walk(realm, "$", (path, node) -> {
            if (node.isObject()) {
                assertThat(names(node)).as(path).doesNotContain("secret", "privateKey", "clientSecret");
            }
        });
        assertThat(realm.at("/smtpServer/password").asText()).isEqualTo("${GATEHOUSE_SMTP_PASSWORD:}");
    }

    @Test
    void placeholdersStandOnlyInTextAndAreOurs() {
        Set<String> names = new TreeSet<>();
        walk(realm, "$", (path, node) -> {
            if (node.isTextual() && node.asText().contains("${")) {
                Matcher matcher = PLACEHOLDER.matcher(node.asText());
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        });

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "GATEHOUSE_APP_URL",
                        "GATEHOUSE_SMTP_AUTH",
                        "GATEHOUSE_SMTP_FROM",
                        "GATEHOUSE_SMTP_HOST",
                        "GATEHOUSE_SMTP_PASSWORD",
                        "GATEHOUSE_SMTP_PORT",
                        "GATEHOUSE_SMTP_SSL",
                        "GATEHOUSE_SMTP_STARTTLS",
                        "GATEHOUSE_SMTP_USER");
        assertThat(text.replaceAll("\"[^\"]*\"", "")).as("outside of strings").doesNotContain("${");
    }

    @Test
    void everyNameInItIsOneThatKeycloakKnows() throws Exception {
        // Fails on an unknown property, as the server does.
        RealmRepresentation parsed =
                JSON.readValue(text.replace("\"maxSecondaryAuthFailures\": 0,", ""), RealmRepresentation.class);

        assertThat(parsed.getRealm()).isEqualTo("gatehouse");
    }

    @Test
    void everyFlowAndConfigurationThatIsNamedExists() {
        Set<String> flows = texts("/authenticationFlows", "alias");
        Set<String> configs = texts("/authenticatorConfig", "alias");
        Set<String> used = new TreeSet<>();

        assertThat(flows).contains(realm.get("browserFlow").asText()).allMatch(name -> name.startsWith("gatehouse "));
        for (JsonNode flow : realm.get("authenticationFlows")) {
            Set<String> requirements = new TreeSet<>();
            for (JsonNode execution : flow.get("authenticationExecutions")) {
                requirements.add(execution.get("requirement").asText());
                if (execution.has("flowAlias")) {
                    assertThat(flows).contains(execution.get("flowAlias").asText());
                }
                if (execution.has("authenticatorConfig")) {
                    used.add(execution.get("authenticatorConfig").asText());
                }
            }
            assertThat(requirements.contains("ALTERNATIVE")
                            && (requirements.contains("REQUIRED") || requirements.contains("CONDITIONAL")))
                    .as("Keycloak ignores alternatives beside a required step: " + flow.get("alias"))
                    .isFalse();
        }
        assertThat(configs).isEqualTo(used);
    }

    @Test
    void theSettingsOfOurStepsAreDeclaredAndAreTheirDefaults() {
        try (ServerClasses server = ServerClasses.withTheOneJar()) {
            Map<String, String> defaults = StepOptions.ofMagicLink(server).stream()
                    .collect(Collectors.toMap(StepOptions.Option::key, StepOptions.Option::defaultText));
            JsonNode config = StreamSupport.stream(
                            realm.get("authenticatorConfig").spliterator(), false)
                    .filter(it -> it.get("alias").asText().equals("gatehouse magic link"))
                    .findFirst()
                    .orElseThrow()
                    .get("config");

            for (String key : names(config)) {
                if (!key.startsWith("default.reference.")) {
                    assertThat(config.get(key).asText()).as(key).isEqualTo(defaults.get(key));
                }
            }
            assertThat(names(config)).containsAll(defaults.keySet());
        }
    }

    @Test
    void itsLimitsAreDeclaredAndAreTheirDefaultsButForTheSwitches() {
        Set<String> switches = Set.of(
                "gatehouse.limits.filter", "gatehouse.limits.headers", "gatehouse.deviceMarks", "gatehouse.firstProof");
        try (ServerClasses server = ServerClasses.withTheOneJar()) {
            Map<String, String> defaults = StepOptions.ofTheRealm(server).stream()
                    .collect(Collectors.toMap(StepOptions.Option::key, StepOptions.Option::defaultText));
            JsonNode attributes = realm.get("attributes");

            for (String name : names(attributes)) {
                if (name.startsWith("gatehouse.")) {
                    assertThat(defaults).containsKey(name);
                    assertThat(attributes.get(name).asText())
                            .as(name)
                            .isEqualTo(switches.contains(name) ? "true" : defaults.get(name));
                }
            }
            assertThat(names(attributes)).containsAll(switches);
        }
    }

    @Test
    void noFlowOfItAsksForAPasswordThatNobodyCounts() {
        Set<String> unguarded = Set.of(
                "auth-username-password-form",
                "auth-password-form",
                "auth-username-form",
                "direct-grant-validate-password",
                "idp-username-password-form",
                "reset-credentials-choose-user");

        for (JsonNode flow : realm.get("authenticationFlows")) {
            for (JsonNode execution : flow.get("authenticationExecutions")) {
                assertThat(execution.path("authenticator").asText())
                        .as("a step of " + flow.get("alias"))
                        .isNotIn(unguarded);
            }
        }
        assertThat(List.of(
                        realm.get("directGrantFlow").asText(),
                        realm.get("registrationFlow").asText(),
                        realm.get("resetCredentialsFlow").asText(),
                        realm.get("firstBrokerLoginFlow").asText()))
                .allMatch(name -> name.startsWith("gatehouse "));
    }

    @Test
    void itsThemesAreInTheJar() throws Exception {
        JsonNode themes = JSON.readTree(Archive.of(Build.jar()).text("META-INF/keycloak-themes.json"));

        assertThat(themes.at("/themes/0/name").asText())
                .isEqualTo(realm.get("loginTheme").asText())
                .isEqualTo(realm.get("emailTheme").asText());
        assertThat(themes.at("/themes/0/types").toString()).contains("login", "email");
    }

    @Test
    void tokensAreShortAndSessionsEndAfterSevenDays() {
        int week = 7 * 24 * 3600;

        assertThat(realm.get("accessTokenLifespan").asInt()).isLessThanOrEqualTo(600);
        assertThat(realm.get("revokeRefreshToken").asBoolean()).isTrue();
        assertThat(realm.get("refreshTokenMaxReuse").asInt()).isZero();
        for (String name : List.of(
                "ssoSessionMaxLifespan",
                "ssoSessionMaxLifespanRememberMe",
                "clientSessionMaxLifespan",
                "offlineSessionMaxLifespan",
                "offlineSessionIdleTimeout")) {
            assertThat(realm.get(name).asInt()).as(name).isBetween(1, week);
        }
        assertThat(realm.get("offlineSessionMaxLifespanEnabled").asBoolean()).isTrue();
        walk(realm, "$", (path, node) -> assertThat(path).doesNotEndWith("access.token.lifespan"));
    }

    @Test
    void theAppUsesCodeAndPkceAndNothingElse() {
        JsonNode app = realm.get("clients").get(0);

        assertThat(app.get("publicClient").asBoolean()).isTrue();
        assertThat(app.get("standardFlowEnabled").asBoolean()).isTrue();
        assertThat(app.get("implicitFlowEnabled").asBoolean()).isFalse();
        assertThat(app.get("directAccessGrantsEnabled").asBoolean()).isFalse();
        assertThat(app.get("serviceAccountsEnabled").asBoolean()).isFalse();
        assertThat(app.get("attributes").get("pkce.code.challenge.method").asText())
                .isEqualTo("S256");
        assertThat(app.get("redirectUris").toString()).doesNotContain("*");
        assertThat(app.get("webOrigins").toString()).doesNotContain("*");
    }

    private Set<String> texts(String array, String name) {
        Set<String> texts = new TreeSet<>();
        realm.at(array).forEach(node -> texts.add(node.get(name).asText()));
        return texts;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void walk(JsonNode node, String path, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(path, node);
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                walk(field.getValue(), path + "." + field.getKey(), visitor);
            }
        } else {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), path + "[" + i + "]", visitor);
            }
        }
    }
}
