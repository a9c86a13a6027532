// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** The realm tool makes a realm as its file says, and writes no more than it takes. */
@ExtendWith(KeycloakServer.class)
class RealmToolApplyIT {

    private static final String NOTHING = "Nothing to change";

    private final Gatehouse gatehouse;
    private final String name = "applied-" + UUID.randomUUID();

    @TempDir
    private Path folder = Path.of("");

    private AdminProxy proxy = AdminProxy.to(URI.create("http://127.0.0.1"));
    private RealmTool tool;

    RealmToolApplyIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
        this.tool = RealmTool.of(gatehouse);
    }

    @BeforeEach
    void watched() {
        proxy.close();
        proxy = AdminProxy.to(gatehouse.server().url());
        tool = RealmTool.of(gatehouse).at(proxy.url());
    }

    @AfterEach
    void gone() {
        proxy.close();
        if (gatehouse.admin().realms().findAll().stream().anyMatch(it -> name.equals(it.getRealm()))) {
            realm().remove();
        }
    }

    private RealmResource realm() {
        return gatehouse.admin().realm(name);
    }

    private RealmTool.Run apply(String... more) {
        return tool.run(
                "apply",
                Stream.concat(Stream.of("--realm", name), Stream.of(more)).toArray(String[]::new));
    }

    private void applied() {
        apply("--yes").succeeded();
        proxy.clear();
    }

    private void stock() {
        RealmRepresentation stock = new RealmRepresentation();
        stock.setRealm(name);
        stock.setEnabled(true);
        gatehouse.admin().realms().create(stock);
    }

    private App app(String clientId) {
        return new App(URI.create(gatehouse.server().frontend() + "/realms/" + name), clientId);
    }

    private void nothingToChange() {
        proxy.clear();
        assertThat(apply("--yes").succeeded().lines()).containsExactly(NOTHING);
        assertThat(proxy.writes()).isEmpty();
    }

    @Test
    void itMakesARealmAndThenHasNothingToDo() {
        RealmTool.Run made = apply("--yes").succeeded();

        assertThat(made.lines()).contains("+ realm " + name, "+ flow \"gatehouse browser\"");
        assertThat(proxy.writes()).containsExactly("POST /admin/realms");
        assertThat(realm().toRepresentation().getBrowserFlow()).isEqualTo("gatehouse browser");
        assertThat(app("gatehouse-app")
                        .signIn(Browser.fresh())
                        .press("Username and password")
                        .status())
                .isEqualTo(200);
        nothingToChange();
    }

    @Test
    void theImportedRealmIsNoDifferent() {
        RealmTool.Run run = tool.run("apply", "--yes").succeeded();

        assertThat(run.lines()).containsExactly(NOTHING);
        assertThat(proxy.writes()).isEmpty();
    }

    @Test
    void theImportedRealmIsNoDifferentWithTheVariablesThatItWasImportedWith() {
        RealmTool informed = tool;
        for (Map.Entry<String, String> variable :
                Gatehouse.environment(gatehouse.mail()).entrySet()) {
            informed = informed.with(variable.getKey(), variable.getValue());
        }
        Path file = Build.target().resolve("realm/gatehouse.json");

        RealmTool.Run run =
                informed.run("apply", "--yes", "--file", file.toString()).succeeded();

        assertThat(run.lines()).containsExactly(NOTHING);
        assertThat(proxy.writes()).isEmpty();
    }

    @Test
    void anUploadedRealmIsNoDifferent() throws IOException, InterruptedException {
        ObjectNode upload = (ObjectNode) Json.parse(
                Files.readString(Build.target().resolve("realm/gatehouse-console.json"), StandardCharsets.UTF_8));
        upload.put("realm", name);
        // As the console sends it: what the client of the journeys does not know goes along.
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gatehouse.server().url() + "/admin/realms"))
                .header(
                        "Authorization",
                        "Bearer " + gatehouse.admin().tokenManager().getAccessTokenString())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(upload.toString()))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(201);

        nothingToChange();
    }

    @Test
    void aStockRealmBecomesTheSame() {
        stock();

        RealmTool.Run run = apply("--yes").succeeded();

        assertThat(run.lines())
                .contains("~ $.accessTokenLifespan: 300 -> 600", "~ $.browserFlow: browser -> gatehouse browser");
        assertThat(run.err()).contains("[1/").contains("settings of the realm");
        nothingToChange();
    }

    @Test
    void aDryRunWritesNothingAndNeitherDoesANo() {
        stock();

        assertThat(apply("--dry-run").succeeded().lines()).contains("~ $.accessTokenLifespan: 300 -> 600");
        assertThat(tool.answering("n\n", "apply", "--realm", name).refused().err())
                .contains("nothing was written");
        assertThat(tool.answering("", "apply", "--realm", name).refused().err()).contains("nothing was written");

        assertThat(proxy.writes()).isEmpty();
        assertThat(realm().toRepresentation().getAccessTokenLifespan()).isEqualTo(300);
    }

    @Test
    void aYesIsEnough() {
        applied();
        drift(it -> it.setAccessTokenLifespan(3000));

        tool.answering("y\n", "apply", "--realm", name).succeeded();

        assertThat(realm().toRepresentation().getAccessTokenLifespan()).isEqualTo(600);
    }

    private void drift(Consumer<RealmRepresentation> change) {
        RealmSettings.change(realm(), change);
    }

    /** What somebody changes in the console: how, what the tool says to it, and all that it writes to heal it. */
    private record Drift(Consumer<RealmResource> change, String line, String write) {}

    private static Stream<Drift> drifts() {
        return Stream.of(
                new Drift(
                        realm -> RealmSettings.change(realm, it -> it.setAccessTokenLifespan(300)),
                        "~ $.accessTokenLifespan: 300 -> 600",
                        "PUT"),
                new Drift(
                        realm -> RealmSettings.change(
                                realm, it -> it.getAttributes().put("gatehouse.limits.mode", "observe")),
                        "~ $.attributes[\"gatehouse.limits.mode\"]: observe -> enforce",
                        "PUT"),
                new Drift(
                        realm -> RealmSettings.change(realm, it -> it.setBrowserFlow("browser")),
                        "~ $.browserFlow: browser -> gatehouse browser",
                        "PUT"),
                new Drift(
                        realm -> RealmSettings.change(
                                realm, it -> it.getSupportedLocales().remove("de")),
                        "~ $.supportedLocales: [en] -> [de, en]",
                        "PUT"),
                new Drift(
                        realm -> RealmSettings.change(realm, it -> it.setEventsEnabled(false)),
                        "~ $.eventsEnabled: false -> true",
                        "PUT"),
                new Drift(
                        realm -> require(realm, "gatehouse registration", "registration-password-action", "DISABLED"),
                        "~ flow \"gatehouse registration form\", step registration-password-action: DISABLED -> REQUIRED",
                        "PUT /authentication/flows/gatehouse%20registration%20form/executions"),
                new Drift(
                        realm -> setOption(realm, "lifetime", "5m"),
                        "~ flow \"gatehouse browser first factor\", step gatehouse-magic-link: lifetime: 5m -> 15m",
                        "PUT /authentication/config/*"),
                new Drift(
                        realm -> changeClient(realm, it -> it.setDirectAccessGrantsEnabled(true)),
                        "~ $.clients[gatehouse-bff].directAccessGrantsEnabled: true -> false",
                        "PUT /clients/*"),
                new Drift(
                        RealmToolApplyIT::takeScope,
                        "+ $.clients[gatehouse-bff].defaultClientScopes: gatehouse-api",
                        "PUT /clients/*/default-client-scopes/*"),
                new Drift(
                        RealmToolApplyIT::changeMapper,
                        "~ $.clientScopes[gatehouse-api].protocolMappers[audience].config[\"included.custom.audience\"]:"
                                + " other -> gatehouse-api",
                        "PUT /client-scopes/*/protocol-mappers/models/*"),
                new Drift(
                        realm -> realm.roles().deleteRole("gatehouse-mint-links"),
                        "+ $.roles.realm[gatehouse-mint-links]",
                        "POST /roles"),
                new Drift(
                        RealmToolApplyIT::trustMicrosoft,
                        "~ $.identityProviders[microsoft].trustEmail: true -> false",
                        "PUT /identity-provider/instances/microsoft"),
                new Drift(
                        realm -> {
                            var policies = realm.clientPoliciesPoliciesResource();
                            var all = policies.getPolicies();
                            all.getPolicies().get(0).setEnabled(false);
                            policies.updatePolicies(all);
                        },
                        "~ $.clientPolicies.policies[gatehouse baseline].enabled: false -> true",
                        "PUT /client-policies/policies"));
    }

    @Test
    void whatDriftedIsHealedAndOnlyThatIsWritten() {
        applied();
        drifts().forEach(drift -> drift.change().accept(realm()));

        RealmTool.Run run = apply("--yes").succeeded();

        List<String> lines = new ArrayList<>(drifts().map(Drift::line).toList());
        lines.add("Done: realm " + name + " is as the file says");
        assertThat(run.lines()).containsExactlyInAnyOrderElementsOf(lines);
        assertThat(proxy.writes().stream().map(this::withoutIds))
                .containsExactlyInAnyOrderElementsOf(
                        drifts().map(Drift::write).distinct().toList());
        nothingToChange();
    }

    private String withoutIds(String write) {
        return write.replace("/admin/realms/" + name, "")
                .replaceAll("/[0-9a-f-]{36}", "/*")
                .trim();
    }

    private static void require(RealmResource realm, String flow, String provider, String requirement) {
        for (AuthenticationExecutionInfoRepresentation step : realm.flows().getExecutions(flow)) {
            if (provider.equals(step.getProviderId())) {
                step.setRequirement(requirement);
                realm.flows().updateExecutions(flow, step);
            }
        }
    }

    private static void setOption(RealmResource realm, String key, String value) {
        for (AuthenticationExecutionInfoRepresentation step : realm.flows().getExecutions("gatehouse browser")) {
            if ("gatehouse magic link".equals(step.getAlias())) {
                AuthenticatorConfigRepresentation config =
                        realm.flows().getAuthenticatorConfig(step.getAuthenticationConfig());
                config.getConfig().put(key, value);
                realm.flows().updateAuthenticatorConfig(config.getId(), config);
            }
        }
    }

    private static ClientRepresentation client(RealmResource realm, String clientId) {
        return realm.clients().findByClientId(clientId).get(0);
    }

    private static void changeClient(RealmResource realm, Consumer<ClientRepresentation> change) {
        // The realm's own policies would not let this through.
        var policies = realm.clientPoliciesPoliciesResource();
        var all = policies.getPolicies();
        all.getPolicies().forEach(policy -> policy.setEnabled(false));
        policies.updatePolicies(all);
        ClientRepresentation client = client(realm, "gatehouse-bff");
        change.accept(client);
        realm.clients().get(client.getId()).update(client);
        all.getPolicies().forEach(policy -> policy.setEnabled(true));
        policies.updatePolicies(all);
    }

    private static ClientScopeRepresentation api(RealmResource realm) {
        return realm.clientScopes().findAll().stream()
                .filter(scope -> scope.getName().equals("gatehouse-api"))
                .findFirst()
                .orElseThrow();
    }

    private static void takeScope(RealmResource realm) {
        realm.clients()
                .get(client(realm, "gatehouse-bff").getId())
                .removeDefaultClientScope(api(realm).getId());
    }

    private static void changeMapper(RealmResource realm) {
        ClientScopeRepresentation scope = api(realm);
        ProtocolMapperRepresentation audience = scope.getProtocolMappers().stream()
                .filter(mapper -> mapper.getName().equals("audience"))
                .findFirst()
                .orElseThrow();
        audience.getConfig().put("included.custom.audience", "other");
        realm.clientScopes().get(scope.getId()).getProtocolMappers().update(audience.getId(), audience);
    }

    private static void trustMicrosoft(RealmResource realm) {
        IdentityProviderRepresentation microsoft =
                realm.identityProviders().get("microsoft").toRepresentation();
        microsoft.setTrustEmail(true);
        realm.identityProviders().get("microsoft").update(microsoft);
    }

    @Test
    void moreThanOneStepIsBuiltAnewBesideAndTheOldFlowServesMeanwhile() {
        applied();
        String before = flowId("gatehouse browser");
        spoilBrowserFlow();

        RealmTool.Run run = apply("--yes").succeeded();

        assertThat(run.lines())
                .contains(
                        "  flow \"gatehouse browser\" is built anew beside the old one, which serves until the new one is"
                                + " complete");
        assertThat(flowId("gatehouse browser")).isNotEqualTo(before);
        assertThat(realm().toRepresentation().getBrowserFlow()).isEqualTo("gatehouse browser");
        nothingToChange();
    }

    private String flowId(String alias) {
        return realm().flows().getFlows().stream()
                .filter(flow -> flow.getAlias().equals(alias))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    @Test
    void whoeverUsedTheOldFlowUsesTheNewOne() {
        applied();
        ClientRepresentation own = new ClientRepresentation();
        own.setClientId("own");
        own.setPublicClient(true);
        own.setRedirectUris(List.of("http://127.0.0.1/callback"));
        own.setAuthenticationFlowBindingOverrides(Map.of("browser", flowId("gatehouse browser")));
        realm().clients().create(own).close();
        spoilBrowserFlow();

        apply("--yes").succeeded();

        assertThat(client(realm(), "own").getAuthenticationFlowBindingOverrides())
                .containsEntry("browser", flowId("gatehouse browser"));
        assertThat(app("own")
                        .signIn(Browser.fresh())
                        .press("Username and password")
                        .status())
                .isEqualTo(200);
    }

    /** More than one request can mend; people can sign in all the same. */
    private void spoilBrowserFlow() {
        require(realm(), "gatehouse browser", "identity-provider-redirector", "DISABLED");
        require(realm(), "gatehouse browser", "auth-cookie", "DISABLED");
    }

    @Test
    void afterAFailureAnywherePeopleSignInAndTheNextRunGoesOn() {
        applied();
        Person pat = new PersonBuilder(realm()).create();
        spoilBrowserFlow();
        apply("--yes").succeeded();
        int all = proxy.writes().size();
        int removal = 1
                + IntStream.range(0, all)
                        .filter(place -> proxy.writes().get(place).startsWith("DELETE"))
                        .findFirst()
                        .orElseThrow();

        // The first, while it is built, while it is bound, while the old one goes, while the new one gets its name.
        for (int nth : new int[] {1, removal / 2, removal - 1, removal, removal + 1, all}) {
            spoilBrowserFlow();
            proxy.failAt(nth);
            RealmTool.Run cut = apply("--yes").refused();
            assertThat(cut.err())
                    .contains("answered 503")
                    .contains("stopped at")
                    .contains("run the same command again");
            assertThat(proxy.writes()).as("nothing after the failure").hasSize(nth);
            signsIn(pat);

            proxy.clear();
            apply("--yes").succeeded();
            assertThat(realm().flows().getFlows())
                    .noneMatch(flow -> flow.getAlias().contains("being built"));
        }
        signsIn(pat);
        nothingToChange();
    }

    private void signsIn(Person person) {
        App app = app("gatehouse-app");
        Page callback = app.signIn(Browser.fresh())
                .press("Username and password")
                .form()
                .forge("username", person.username())
                .forge("password", person.password())
                .enter();
        assertThat(app.tokens(callback).claims().get("sub").asText()).isEqualTo(person.id());
    }

    @Test
    void peopleTheirSessionsAndAllSecretsSurvive() {
        stock();
        Person pat = new PersonBuilder(realm()).create();
        ClientRepresentation confidential = new ClientRepresentation();
        confidential.setClientId("gatehouse-machine");
        confidential.setSecret("the operator's own secret");
        confidential.setServiceAccountsEnabled(true);
        realm().clients().create(confidential).close();
        ClientRepresentation own = new ClientRepresentation();
        own.setClientId("own");
        own.setPublicClient(true);
        own.setRedirectUris(List.of("http://127.0.0.1/callback"));
        realm().clients().create(own).close();
        App app = app("own");
        App.Tokens tokens = app.tokens(app.signIn(Browser.fresh())
                .form()
                .forge("username", pat.username())
                .forge("password", pat.password())
                .enter());
        IdentityProviderRepresentation github = new IdentityProviderRepresentation();
        github.setAlias("github");
        github.setProviderId("github");
        github.setEnabled(true);
        github.setConfig(
                Map.of("clientId", "an-app", "clientSecret", "hidden-at-github", "apiUrl", "https://git.example"));
        realm().identityProviders().create(github).close();
        List<CredentialRepresentation> credentials =
                realm().users().get(pat.id()).credentials();

        RealmTool.Run run = apply("--yes").succeeded();

        assertThat(run.out() + run.err()).doesNotContain("operator's own").doesNotContain("hidden-at-github");
        assertThat(realm().users().get(pat.id()).credentials())
                .extracting(CredentialRepresentation::getId)
                .isEqualTo(credentials.stream()
                        .map(CredentialRepresentation::getId)
                        .toList());
        assertThat(realm().users().get(pat.id()).getUserSessions()).hasSize(1);
        assertThat(tokens.refresh()).isNotEmpty();
        assertThat(client(realm(), "gatehouse-machine").getSecret()).isEqualTo("the operator's own secret");
        IdentityProviderRepresentation after =
                realm().identityProviders().get("github").toRepresentation();
        assertThat(after.isEnabled()).isTrue();
        assertThat(after.getConfig())
                .containsEntry("clientId", "an-app")
                .containsEntry("clientSecret", "**********")
                .containsEntry("apiUrl", "https://git.example")
                .containsEntry("pkceEnabled", "true");
        signsIn(pat);
        nothingToChange();
    }

    @Test
    void whatTheFileDoesNotNameStays() {
        applied();
        RoleRepresentation role = new RoleRepresentation();
        role.setName("operators-own");
        realm().roles().create(role);
        drift(it -> {
            it.setDisplayNameHtml("<b>ours</b>");
            it.getAttributes().put("operators.own", "kept");
        });
        setOption(realm(), "operatorsOwn", "kept");

        nothingToChange();
    }

    @Test
    void anAddressThatTheOperatorHasGivenStaysUnlessTheEnvironmentSaysAnother() {
        tool.with("GATEHOUSE_APP_URL", "https://app.example")
                .run("apply", "--realm", name, "--yes")
                .succeeded();
        assertThat(client(realm(), "gatehouse-app").getRedirectUris()).contains("https://app.example/callback");
        nothingToChange();

        RealmTool.Run moved = tool.with("GATEHOUSE_APP_URL", "https://moved.example")
                .run("apply", "--realm", name, "--yes")
                .succeeded();

        assertThat(moved.out()).contains("https://app.example/callback").contains("https://moved.example/callback");
        assertThat(client(realm(), "gatehouse-app").getRedirectUris())
                .contains("https://moved.example/callback")
                .doesNotContain("https://app.example/callback");
    }

    private static final Map<String, String> WRONG = Map.of(
            "{\"users\":[{\"username\":\"x\"}]}",
            "$.users: the tool never touches people",
            "{\"authenticationFlows\":[{\"alias\":\"f\",\"providerId\":\"basic-flow\",\"topLevel\":true,\"authenticationExecutions\":"
                    + "[{\"authenticator\":\"not-there\",\"requirement\":\"REQUIRED\"}]}]}",
            "$.authenticationFlows[f].authenticationExecutions[0].authenticator: the server has no step \"not-there\"",
            "{\"clients\":[{\"clientId\":\"c\",\"defaultClientScopes\":[\"nowhere\"]}]}",
            "$.clients[c].defaultClientScopes[0]: there is no client scope \"nowhere\"",
            "{\"authenticationFlows\":[{\"alias\":\"browser\",\"providerId\":\"basic-flow\",\"topLevel\":true}]}",
            "$.authenticationFlows[browser]: is one of the server's own flows");

    @Test
    void aWrongFileIsRefusedWithItsPathBeforeAnythingIsWritten() throws IOException {
        stock();

        for (Map.Entry<String, String> wrong : WRONG.entrySet()) {
            RealmTool.Run run =
                    apply("--yes", "--file", file(wrong.getKey()).toString()).refused();
            assertThat(run.err()).contains("error: " + wrong.getValue());
        }

        assertThat(proxy.writes()).isEmpty();
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("realm.json"), json);
    }

    @Test
    void theRealmMasterIsNoTarget() throws IOException {
        assertThat(tool.run("apply", "--realm", "master", "--yes").refused().err())
                .contains("master");
        assertThat(tool.run("leave", "--realm", "master", "--yes").refused().err())
                .contains("master");
        Path file = file("{\"realm\":\"master\",\"accessTokenLifespan\":600}");
        assertThat(tool.run("apply", "--yes", "--file", file.toString())
                        .refused()
                        .err())
                .contains("master");
        assertThat(proxy.writes()).isEmpty();
    }

    @Test
    void afterLeavingTheRealmNeedsNothingOfOursAndPeopleSignInByItsOwnForm() {
        applied();
        Person pat = new PersonBuilder(realm()).create();
        signsIn(pat);
        assertThat(tool.run("leave", "--realm", name, "--dry-run").succeeded().lines())
                .contains("~ $.browserFlow: gatehouse browser -> browser", "- flow \"gatehouse browser\"");
        assertThat(realm().toRepresentation().getBrowserFlow()).isEqualTo("gatehouse browser");

        RealmTool.Run left = tool.run("leave", "--realm", name, "--yes").succeeded();

        assertThat(left.err()).contains("warning: guesses, registrations and mails are no longer limited");
        String export = Json.write(realm().partialExport(true, true));
        assertThat(export).doesNotContainPattern("\"(authenticator|protocolMapper|executor|providerId)\":\"gatehouse");
        assertThat(export).doesNotContain("\"gatehouse.").doesNotContain("Theme\":\"gatehouse\"");
        assertThat(realm().users().get(pat.id()).getUserSessions()).hasSize(1);
        App app = app("gatehouse-app");
        Page login = app.signIn(Browser.fresh());
        assertThat(login.heading()).isEqualTo("Sign in to your account");
        assertThat(app.tokens(login.form()
                                .forge("username", pat.username())
                                .forge("password", pat.password())
                                .enter())
                        .claims()
                        .get("sub")
                        .asText())
                .isEqualTo(pat.id());

        RealmTool.Run again = tool.run("leave", "--realm", name, "--yes").succeeded();
        assertThat(again.lines()).containsExactly(NOTHING);
        apply("--yes").succeeded();
        nothingToChange();
    }

    @Test
    void leavingGoesOnAfterEveryFailure() {
        applied();
        Person pat = new PersonBuilder(realm()).create();
        // The first request reads: it is the export.
        for (int nth : new int[] {2, 3, 5, 4}) {
            proxy.failAt(nth);
            tool.run("leave", "--realm", name, "--yes").refused();
        }
        proxy.clear();

        tool.run("leave", "--realm", name, "--yes").succeeded();

        assertThat(app("gatehouse-app")
                        .signIn(Browser.fresh())
                        .form()
                        .forge("username", pat.username())
                        .forge("password", pat.password())
                        .enter()
                        .isAtStop())
                .isTrue();
    }
}
