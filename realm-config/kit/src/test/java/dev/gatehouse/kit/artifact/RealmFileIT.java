// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.realm.TokenContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** The realm that the kit imports, as a file: what Keycloak would swallow in silence fails here. */
class RealmFileIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]*)(:[^}]*)?}");

    private final Archive kit = Archive.of(Build.kit());
    private String text = "";
    private JsonNode realm = JSON.createObjectNode();
    private JsonNode console = JSON.createObjectNode();

    @BeforeEach
    void read() throws Exception {
        text = kit.text("data/import/gatehouse.json");
        realm = JSON.readTree(text);
        console = JSON.readTree(kit.text("gatehouse/gatehouse-console.json"));
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
                        "GATEHOUSE_BFF_URL",
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
        ObjectNode known = realm.deepCopy();
        // What the representation on this class path is too old for.
        known.remove(List.of("maxSecondaryAuthFailures", "webAuthnPolicyPasswordlessResidentKey"));
        RealmRepresentation parsed = JSON.treeToValue(known, RealmRepresentation.class);

        assertThat(parsed.getRealm()).isEqualTo("gatehouse");
    }

    @Test
    void everyFlowAndConfigurationThatIsNamedExists() {
        Set<String> flows = texts("/authenticationFlows", "alias");
        Set<String> configs = texts("/authenticatorConfig", "alias");
        Set<String> used = new TreeSet<>();

        assertThat(flows).allMatch(name -> name.startsWith("gatehouse "));
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
    void everyFlowRunsSomewhereButTheOneThatIsThereToBeChosen() {
        Set<String> bound = Stream.of(
                        "browserFlow",
                        "directGrantFlow",
                        "registrationFlow",
                        "resetCredentialsFlow",
                        "firstBrokerLoginFlow")
                .map(name -> realm.get(name).asText())
                .collect(Collectors.toCollection(TreeSet::new));
        realm.get("identityProviders")
                .forEach(provider -> bound.addAll(List.of(
                        provider.get("firstBrokerLoginFlowAlias").asText(),
                        provider.get("postBrokerLoginFlowAlias").asText())));
        Set<String> tops = new TreeSet<>();
        List<String> inner = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (JsonNode flow : realm.get("authenticationFlows")) {
            String alias = flow.get("alias").asText();
            if (flow.get("topLevel").asBoolean()) {
                tops.add(alias);
            } else {
                inner.add(alias);
            }
            flow.get("authenticationExecutions").forEach(execution -> {
                if (execution.has("flowAlias")) {
                    named.add(execution.get("flowAlias").asText());
                }
            });
        }

        assertThat(named).as("a flow inside another has one place").containsExactlyInAnyOrderElementsOf(inner);
        bound.add("gatehouse browser identifier");
        assertThat(tops).isEqualTo(bound);
    }

    @Test
    void stepsHaveAnOrderAndConditionsStandWhereTheyAreAsked() {
        Map<String, JsonNode> flows = new HashMap<>();
        realm.get("authenticationFlows")
                .forEach(flow -> flows.put(flow.get("alias").asText(), flow));
        flows.forEach((alias, flow) -> {
            List<Integer> priorities = new ArrayList<>();
            for (JsonNode execution : flow.get("authenticationExecutions")) {
                priorities.add(execution.get("priority").asInt());
                if (execution.get("requirement").asText().equals("CONDITIONAL")) {
                    String inside = execution.get("flowAlias").asText();
                    assertThat(flows.getOrDefault(inside, MissingNode.getInstance())
                                    .at("/authenticationExecutions/0/authenticator")
                                    .asText())
                            .as(alias)
                            .startsWith("conditional-");
                }
            }
            assertThat(priorities).as(alias).isSorted().doesNotHaveDuplicates();
        });
    }

    @Test
    void everyProviderOfOursThatIsNamedIsInTheJar() {
        Set<String> named = new TreeSet<>();
        walk(realm, "$", (path, node) -> {
            for (String key : List.of("authenticator", "protocolMapper", "executor", "identityProviderMapper")) {
                if (node.path(key).asText().startsWith("gatehouse-")) {
                    named.add(node.path(key).asText());
                }
            }
        });
        try (ServerClasses server = ServerClasses.withTheOneJar()) {
            assertThat(StepOptions.byProvider(server).keySet()).containsAll(named);
        }
        assertThat(named).contains("gatehouse-magic-link", "gatehouse-client-id", "gatehouse-access-token-type");
    }

    @Test
    void theSettingsOfOurStepsAreDeclaredAndAreTheirDefaults() {
        try (ServerClasses server = ServerClasses.withTheOneJar()) {
            Map<String, List<StepOptions.Option>> declared = StepOptions.byProvider(server);
            Set<String> seen = new TreeSet<>();
            for (JsonNode flow : realm.get("authenticationFlows")) {
                for (JsonNode execution : flow.get("authenticationExecutions")) {
                    String provider = execution.path("authenticator").asText();
                    if (provider.startsWith("gatehouse-") && execution.has("authenticatorConfig")) {
                        String alias = execution.get("authenticatorConfig").asText();
                        Map<String, String> wanted = new HashMap<>();
                        declared.getOrDefault(provider, List.of())
                                .forEach(option -> wanted.put(option.key(), option.defaultText()));
                        assertThat(ownSettings(alias)).as(alias).isEqualTo(wanted);
                        seen.add(provider);
                    }
                }
            }
            assertThat(seen)
                    .containsExactlyInAnyOrder(
                            "gatehouse-magic-link",
                            "gatehouse-passkey",
                            "gatehouse-password-form",
                            "gatehouse-username-form",
                            "gatehouse-username-password-form");
        }
    }

    /** What is configured under this name, without Keycloak's own reference to a method of authentication. */
    private Map<String, String> ownSettings(String alias) {
        Map<String, String> settings = new HashMap<>();
        member("authenticatorConfig", "alias", alias).get("config").properties().forEach(setting -> {
            if (!setting.getKey().startsWith("default.reference.")) {
                settings.put(setting.getKey(), setting.getValue().asText());
            }
        });
        return settings;
    }

    @Test
    void itsLimitsAreDeclaredAndAreTheirDefaultsButForTheSwitches() {
        Set<String> switches = Set.of(
                "gatehouse.brokerGuard",
                "gatehouse.deviceMarks",
                "gatehouse.firstProof",
                "gatehouse.limits.filter",
                "gatehouse.limits.headers");
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
    void everyClientHasTheOneGrantThatItIsForAndTypedTokensForTheApi() {
        Map<String, String> grants = Map.of(
                "gatehouse-app", "standardFlowEnabled",
                "gatehouse-bff", "standardFlowEnabled",
                "gatehouse-machine", "serviceAccountsEnabled");
        assertThat(texts("/clients", "clientId")).isEqualTo(grants.keySet());
        for (JsonNode client : realm.get("clients")) {
            String id = client.get("clientId").asText();
            for (String grant : List.of(
                    "standardFlowEnabled",
                    "implicitFlowEnabled",
                    "directAccessGrantsEnabled",
                    "serviceAccountsEnabled")) {
                assertThat(client.get(grant).asBoolean())
                        .as("%s %s", id, grant)
                        .isEqualTo(grant.equals(grants.get(id)));
            }
            assertThat(client.at("/attributes/access.token.header.type.rfc9068").asText())
                    .as(id)
                    .isEqualTo("true");
            assertThat(strings(client.get("defaultClientScopes")))
                    .as(id)
                    .contains("acr", "basic", "gatehouse-api")
                    .doesNotContain("roles");
            assertThat(client.get("fullScopeAllowed").asBoolean()).as(id).isTrue();
        }
    }

    @Test
    void whoSignsPeopleInUsesPkceAndExactAddresses() {
        for (JsonNode client : realm.get("clients")) {
            boolean signsIn = client.get("standardFlowEnabled").asBoolean();
            assertThat(client.at("/attributes/pkce.code.challenge.method").asText())
                    .as("the policy writes it into every client that is saved")
                    .isEqualTo("S256");
            assertThat(strings(client.get("redirectUris"))).hasSizeBetween(signsIn ? 1 : 0, signsIn ? 2 : 0);
            assertThat(Stream.of("redirectUris", "webOrigins").flatMap(name -> strings(client.get(name)).stream()))
                    .noneMatch(address -> address.contains("*") || address.equals("+"));
            assertThat(client.at("/attributes/post.logout.redirect.uris").asText())
                    .doesNotContain("*", "+");
        }
    }

    @Test
    void onlyTheAppWorksBeforeAnybodyHasSwitchedAnythingOn() {
        assertThat(member("clients", "clientId", "gatehouse-app").get("enabled").asBoolean())
                .isTrue();
        assertThat(member("clients", "clientId", "gatehouse-bff").get("enabled").asBoolean())
                .isFalse();
        assertThat(member("clients", "clientId", "gatehouse-machine")
                        .get("enabled")
                        .asBoolean())
                .isFalse();
        for (JsonNode provider : realm.get("identityProviders")) {
            assertThat(provider.get("enabled").asBoolean())
                    .as(provider.get("alias").asText())
                    .isFalse();
        }
    }

    @Test
    void confidentialClientsProveWhoTheyAreByAKeyOrASecretThatTheServerMakes() {
        JsonNode bff = member("clients", "clientId", "gatehouse-bff");

        assertThat(bff.get("publicClient").asBoolean()).isFalse();
        assertThat(bff.get("clientAuthenticatorType").asText()).isEqualTo("client-jwt");
        assertThat(bff.at("/attributes/use.jwks.url").asText()).isEqualTo("true");
        assertThat(bff.at("/attributes/backchannel.logout.session.required").asText())
                .isEqualTo("true");
        assertThat(member("clients", "clientId", "gatehouse-machine")
                        .get("publicClient")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void identityProvidersCarryNoCredentialsAndAskForProofs() {
        assertThat(texts("/identityProviders", "alias")).containsExactly("github", "google", "microsoft", "oidc");
        for (JsonNode provider : realm.get("identityProviders")) {
            String alias = provider.get("alias").asText();
            JsonNode config = provider.get("config");
            assertThat(names(config)).as(alias).doesNotContain("clientId", "clientSecret");
            assertThat(config.get("pkceEnabled").asText()).as(alias).isEqualTo("true");
            assertThat(config.get("pkceMethod").asText()).as(alias).isEqualTo("S256");
            assertThat(config.get("syncMode").asText()).as(alias).isEqualTo("FORCE");
            assertThat(provider.get("trustEmail").asBoolean()).as(alias).isEqualTo(alias.equals("google"));
            assertThat(provider.get("storeToken").asBoolean()).as(alias).isFalse();
            assertThat(provider.get("linkOnly").asBoolean()).as(alias).isFalse();
        }
        assertThat(texts("/identityProviders", "alias"))
                .containsAll(texts("/identityProviderMappers", "identityProviderAlias"));
        Set<String> roles = texts("/roles/realm", "name");
        for (JsonNode mapper : realm.get("identityProviderMappers")) {
            if (mapper.get("config").has("role")) {
                assertThat(roles).contains(mapper.at("/config/role").asText());
            }
        }
    }

    @Test
    void theBaselineHoldsForEveryOpenIdConnectClient() {
        Set<String> profiles = texts("/clientProfiles/profiles", "name");
        for (JsonNode policy : realm.at("/clientPolicies/policies")) {
            assertThat(policy.get("enabled").asBoolean()).isTrue();
            assertThat(policy.get("conditions").toString())
                    .isEqualTo("[{\"condition\":\"client-type\",\"configuration\":{\"protocol\":\"openid-connect\"}}]");
            assertThat(profiles).containsAll(strings(policy.get("profiles")));
        }
        assertThat(texts("/clientPolicies/policies", "name"))
                .containsExactly("gatehouse baseline", "gatehouse no password grant");
        assertThat(texts("/clientProfiles/profiles/0/executors", "executor"))
                .containsExactly(
                        "gatehouse-access-token-type",
                        "pkce-enforcer",
                        "reject-implicit-grant",
                        "secure-redirect-uris-enforcer");
        assertThat(texts("/clientProfiles/profiles/1/executors", "executor")).containsExactly("reject-ropc-grant");
    }

    @Test
    void theFileForTheConsoleIsTheSameRealmWithoutPlaceholders() {
        assertThat(kit.text("gatehouse/gatehouse-console.json")).doesNotContain("${");
        Map<String, JsonNode> wanted = leaves(realm);
        wanted.keySet().removeIf(path -> path.startsWith("$.smtpServer."));
        Map<String, JsonNode> found = leaves(console);

        assertThat(found.keySet()).isEqualTo(wanted.keySet());
        wanted.forEach((path, value) -> {
            if (value.isTextual()) {
                assertThat(found.getOrDefault(path, MissingNode.getInstance()).asText())
                        .as(path)
                        .isEqualTo(PLACEHOLDER
                                .matcher(value.asText())
                                .replaceAll(match -> Matcher.quoteReplacement(
                                        match.group(2) == null
                                                ? ""
                                                : match.group(2).substring(1))));
            } else {
                assertThat(found.get(path)).as(path).isEqualTo(value);
            }
        });
    }

    @Test
    void theContractOfTheTokensSaysWhatTheRealmDoes() throws Exception {
        TokenContract contract = TokenContract.read(JSON.readTree(kit.text("gatehouse/token-contract.json")));
        JsonNode scope = member("clientScopes", "name", "gatehouse-api");

        assertThat(contract).isEqualTo(TokenContract.ofShippedRealm());
        assertThat(contract.issuer()).endsWith("/realms/" + realm.get("realm").asText());
        assertThat(contract.algorithms())
                .containsExactly(realm.get("defaultSignatureAlgorithm").asText());
        assertThat(contract.accessTokenSeconds())
                .isEqualTo(realm.get("accessTokenLifespan").asLong());
        assertThat(contract.sessionSeconds())
                .isEqualTo(realm.get("ssoSessionMaxLifespan").asLong());
        for (JsonNode mapper : scope.get("protocolMappers")) {
            String name = mapper.get("name").asText();
            String claim = name.equals("audience") ? "aud" : name;
            assertThat(contract.claims().containsKey(claim)
                            || contract.personal().containsKey(claim))
                    .as(claim)
                    .isTrue();
        }
    }

    private JsonNode member(String list, String key, String value) {
        return StreamSupport.stream(realm.get(list).spliterator(), false)
                .filter(member -> member.get(key).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(string -> strings.add(string.asText()));
        return strings;
    }

    /** Every value that is no object and no list, and every empty one, by its path. */
    private static Map<String, JsonNode> leaves(JsonNode root) {
        Map<String, JsonNode> leaves = new HashMap<>();
        walk(root, "$", (path, node) -> {
            if (node.isEmpty()) {
                leaves.put(path, node);
            }
        });
        return leaves;
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
