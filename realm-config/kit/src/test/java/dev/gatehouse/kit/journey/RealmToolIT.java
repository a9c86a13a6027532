// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** The realm tool looks at realms, sets what is the pack's, and switches identity providers on. */
@ExtendWith(KeycloakServer.class)
class RealmToolIT {

    private static final String CLEAN = "no errors, no warnings";

    private final Gatehouse gatehouse;
    private final RealmTool tool;
    private final AdminProxy proxy;
    private final String name = "checked-" + UUID.randomUUID();
    private final List<Runnable> cleanups = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    RealmToolIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
        this.proxy = AdminProxy.to(gatehouse.server().url());
        this.tool = RealmTool.of(gatehouse).at(proxy.url());
    }

    @AfterEach
    void gone() {
        proxy.close();
        cleanups.forEach(Runnable::run);
    }

    /** A realm of this journey's own, as the shipped file says. */
    private RealmResource applied() {
        tool.run("apply", "--realm", name, "--yes").succeeded();
        cleanups.add(() -> gatehouse.admin().realm(name).remove());
        proxy.clear();
        return gatehouse.admin().realm(name);
    }

    private RealmTool.Run run(String command, String... more) {
        return tool.run(
                command,
                Stream.concat(Stream.of("--realm", name), Arrays.stream(more)).toArray(String[]::new));
    }

    /** What was written, without requests that only read and yet are POSTs. */
    private List<String> writes() {
        return proxy.writes().stream()
                .filter(write -> !write.endsWith("/partial-export") && !write.endsWith("/import-config"))
                .toList();
    }

    private String file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "file", ""), content)
                .toString();
    }

    @Test
    void theShippedRealmIsCleanAsAFileAndOnAServer() {
        applied();

        RealmTool.Run run = run("validate", "--strict").succeeded();

        assertThat(run.lines()).containsExactly(CLEAN);
        assertThat(run.err()).contains("Checking the file gatehouse.json", "Checking the realm " + name);
        assertThat(writes()).isEmpty();
    }

    @Test
    void aFileNeedsNoServer() throws IOException {
        assertThat(tool.bare("validate").succeeded().lines()).containsExactly(CLEAN);
        assertThat(tool.bare("validate", "--file", file("{\"realm\": \"a\", \"realm\": \"b\"}"))
                        .refused()
                        .err())
                .contains("the member 'realm' is there twice");
        assertThat(tool.bare("validate", "--file", file("{\"realm\": \"a\", \"sslRequired\": \"none\"}"))
                        .refused()
                        .lines())
                .anyMatch(line -> line.startsWith("error: file $.sslRequired: "));
    }

    @Test
    void aRealmThatIsNotThereYetIsNoProblem() {
        assertThat(run("validate").succeeded().err()).contains("The server has no realm " + name);
    }

    /** What somebody does to a realm in the console, and the place that the tool names. */
    private record Fault(String place, Consumer<RealmResource> change) {}

    private static Fault realm(String place, Consumer<RealmRepresentation> change) {
        return new Fault(place, realm -> RealmSettings.change(realm, change));
    }

    private static Fault app(String place, Consumer<ClientRepresentation> change) {
        return new Fault("$.clients[other]" + place, realm -> {
            ClientRepresentation client =
                    realm.clients().findByClientId("other").get(0);
            change.accept(client);
            realm.clients().get(client.getId()).update(client);
        });
    }

    private static final List<Fault> FAULTS = List.of(
            realm("$.sslRequired", it -> it.setSslRequired("none")),
            realm("$.bruteForceProtected", it -> it.setBruteForceProtected(false)),
            realm("$.accessTokenLifespan", it -> it.setAccessTokenLifespan(7200)),
            realm("$.revokeRefreshToken", it -> it.setRevokeRefreshToken(false)),
            realm("$.offlineSessionMaxLifespanEnabled", it -> it.setOfflineSessionMaxLifespanEnabled(false)),
            realm("$.passwordPolicy", it -> it.setPasswordPolicy("length(8)")),
            realm("$.eventsEnabled", it -> it.setEventsEnabled(false)),
            realm("$.eventsListeners[0]", it -> it.setEventsListeners(List.of("nobody"))),
            realm("$.loginTheme", it -> it.setLoginTheme("nowhere")),
            realm("$.displayName", it -> it.setDisplayName("${GATEHOUSE_NAME:Acme}")),
            realm("$.attributes[\"gatehouse.limits.mode\"]", it -> it.getAttributes()
                    .put("gatehouse.limits.mode", "sometimes")),
            realm("$.attributes[\"gatehouse.limits.login.adress\"]", it -> it.getAttributes()
                    .put("gatehouse.limits.login.adress", "5/1m")),
            new Fault("$.authenticatorConfig[gatehouse magic link].config.lifetime", realm -> {
                String id = realm.flows().getExecutions("gatehouse browser").stream()
                        .filter(step -> "gatehouse magic link".equals(step.getAlias()))
                        .findFirst()
                        .orElseThrow()
                        .getAuthenticationConfig();
                AuthenticatorConfigRepresentation config = realm.flows().getAuthenticatorConfig(id);
                config.getConfig().put("lifetime", "8d");
                realm.flows().updateAuthenticatorConfig(id, config);
            }),
            new Fault("$.identityProviders[github].trustEmail", realm -> {
                IdentityProviderRepresentation github =
                        realm.identityProviders().get("github").toRepresentation();
                github.setTrustEmail(true);
                realm.identityProviders().get("github").update(github);
            }),
            app(".redirectUris[0]", it -> it.setRedirectUris(List.of("https://other.example/*"))),
            app(".webOrigins[0]", it -> it.setWebOrigins(List.of("*"))),
            app(".directAccessGrantsEnabled", it -> it.setDirectAccessGrantsEnabled(true)),
            app(".attributes[\"access.token.lifespan\"]", it -> it.getAttributes()
                    .put("access.token.lifespan", "-1")));

    @Test
    @AllowedInLog("KC-SERVICES0083: Event listener 'nobody' registered, but provider not found")
    void everyFaultOfARunningRealmIsNamedWithItsPlace() {
        RealmResource realm = applied();
        // Policies would refuse some of it; whoever switches them off gets it.
        var policies = realm.clientPoliciesPoliciesResource().getPolicies();
        policies.getPolicies().forEach(policy -> policy.setEnabled(false));
        realm.clientPoliciesPoliciesResource().updatePolicies(policies);
        ClientRepresentation other = new ClientRepresentation();
        other.setClientId("other");
        other.setAttributes(Map.of());
        realm.clients().create(other).close();
        FAULTS.forEach(fault -> fault.change().accept(realm));

        RealmTool.Run run = run("validate").refused();

        for (Fault fault : FAULTS) {
            assertThat(run.lines())
                    .as(fault.place())
                    .anyMatch(line -> line.startsWith("error: realm " + fault.place() + ": "));
        }
        assertThat(writes()).isEmpty();
    }

    @Test
    void aTokenIsHeldToTheContract() throws IOException {
        RealmResource realm = gatehouse.realm();
        ClientRepresentation machine =
                realm.clients().findByClientId("gatehouse-machine").get(0);
        machine.setEnabled(true);
        realm.clients().get(machine.getId()).update(machine);
        cleanups.add(() -> {
            machine.setEnabled(false);
            realm.clients().get(machine.getId()).update(machine);
        });
        String secret = file(realm.clients().get(machine.getId()).getSecret().getValue());
        String[] options = {"--token-client", "gatehouse-machine", "--token-client-secret-file", secret};

        assertThat(tool.run("validate", options).out()).doesNotContain("error: token");

        machine.setDefaultClientScopes(List.of("basic"));
        realm.clients().get(machine.getId()).removeDefaultClientScope(scope(realm, "gatehouse-api"));
        cleanups.add(
                0, () -> realm.clients().get(machine.getId()).addDefaultClientScope(scope(realm, "gatehouse-api")));
        assertThat(tool.run("validate", options).refused().out())
                .contains("error: token $: The claim aud has no gatehouse-api");
        assertThat(tool.answering("no.token.\n", "validate", "--token-file", "-")
                        .refused()
                        .out())
                .contains("error: token $: is no signed JWT of three parts");
    }

    private static String scope(RealmResource realm, String name) {
        return realm.clientScopes().findAll().stream()
                .filter(scope -> scope.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    @Test
    void aSettingIsHeldToItsDeclarationAndNothingElseChanges() {
        RealmResource realm = applied();
        RealmSettings.change(realm, it -> it.getAttributes().put("acme.colour", "blue"));
        RealmRepresentation before = realm.toRepresentation();

        assertThat(run("set", "gatehouse.limits.mode=sometimes", "gatehouse.limits.mod=observe")
                        .refused()
                        .err())
                .contains(
                        "error: gatehouse.limits.mode: is \"sometimes\" but must be ",
                        "error: gatehouse.limits.mod: the pack knows no such setting");
        assertThat(proxy.writes()).isEmpty();

        assertThat(run("set", "gatehouse.limits.mode=observe").succeeded().lines())
                .contains("gatehouse.limits.mode: enforce -> observe");
        assertThat(proxy.writes()).hasSize(1);
        RealmRepresentation after = realm.toRepresentation();
        assertThat(after.getAttributes())
                .containsEntry("gatehouse.limits.mode", "observe")
                .containsEntry("acme.colour", "blue");
        after.getAttributes().put("gatehouse.limits.mode", "enforce");
        assertThat(after).usingRecursiveComparison().isEqualTo(before);

        proxy.clear();
        assertThat(run("set", "gatehouse.limits.mode=observe").succeeded().lines())
                .containsExactly("Nothing to change");
        assertThat(run("set", "--list").succeeded().lines())
                .anyMatch(line -> line.startsWith("gatehouse.limits.mode = observe | "));
        assertThat(proxy.writes()).isEmpty();

        run("set", "--unset", "gatehouse.limits.mode").succeeded();
        assertThat(realm.toRepresentation().getAttributes()).doesNotContainKey("gatehouse.limits.mode");
        assertThat(run("set").refused().err()).contains("nothing to set");
    }

    /** Another realm of the server, whose client sends people back to where the tool says. */
    private String upstream(String secret, String alias) {
        String upstream = "upstream-" + UUID.randomUUID();
        RealmRepresentation there = new RealmRepresentation();
        there.setRealm(upstream);
        there.setEnabled(true);
        gatehouse.admin().realms().create(there);
        cleanups.add(() -> gatehouse.admin().realm(upstream).remove());
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("gatehouse");
        client.setSecret(secret);
        client.setRedirectUris(List.of(gatehouse.issuer() + "/broker/" + alias + "/endpoint"));
        gatehouse.admin().realm(upstream).clients().create(client).close();
        return upstream;
    }

    @Test
    void peopleSignInByAProviderThatTheToolHasSwitchedOn() throws IOException {
        String alias = "elsewhere-" + UUID.randomUUID();
        String secret = UUID.randomUUID().toString();
        String upstream = upstream(secret, alias);
        RoleRepresentation role = new RoleRepresentation();
        role.setName("clerk-" + UUID.randomUUID());
        gatehouse.realm().roles().create(role);
        cleanups.add(() -> gatehouse.realm().roles().deleteRole(role.getName()));
        Person there = new PersonBuilder(gatehouse.admin().realm(upstream)).create();
        String[] options = {
            "oidc",
            "--as",
            alias,
            "--client-id",
            "gatehouse",
            "--secret-file",
            file(secret),
            "--issuer",
            gatehouse.server().frontend() + "/realms/" + upstream,
            "--trust-email",
            "--role-claim",
            "preferred_username",
            "--map-role",
            there.username() + "=" + role.getName()
        };

        RealmTool.Run made = tool.run("enable-broker", options).succeeded();

        cleanups.add(() -> gatehouse.realm().identityProviders().get(alias).remove());
        assertThat(made.lines())
                .contains("Redirect URI to register with the provider: " + gatehouse.issuer() + "/broker/" + alias
                        + "/endpoint");
        assertThat(made.out() + made.err()).doesNotContain(secret);
        assertThat(gatehouse.realm().identityProviders().get(alias).getMappers())
                .hasSize(2);
        assertThat(gatehouse
                        .realm()
                        .identityProviders()
                        .get(alias)
                        .toRepresentation()
                        .getConfig())
                .containsEntry("pkceMethod", "S256")
                .containsEntry("syncMode", "FORCE")
                .containsEntry("validateSignature", "true");

        proxy.clear();
        assertThat(tool.run("enable-broker", options).succeeded().lines()).contains("Nothing to change");
        assertThat(writes()).isEmpty();

        App app = gatehouse.app();
        Page done = app.signIn(Browser.fresh(), Map.of("kc_idp_hint", alias))
                .form()
                .forge("username", there.username())
                .forge("password", there.password())
                .enter();
        JsonNode claims = app.tokens(done).claims();
        assertThat(claims.path("username").asText()).isEqualTo(there.username());
        assertThat(claims.path("roles").toString()).contains(role.getName());

        tool.run("enable-broker", "oidc", "--as", alias, "--disable").succeeded();
        assertThat(gatehouse
                        .realm()
                        .identityProviders()
                        .get(alias)
                        .toRepresentation()
                        .isEnabled())
                .isFalse();
    }

    @Test
    void aProviderThatIsSomebodyElseIsRefused() throws IOException {
        String upstream = upstream("s3cret", "other");
        URI issuer = URI.create(gatehouse.server().frontend() + "/realms/" + upstream);

        assertThat(tool.run(
                                "enable-broker",
                                "oidc",
                                "--as",
                                "other",
                                "--client-id",
                                "gatehouse",
                                "--secret-file",
                                file("s3cret"),
                                "--issuer",
                                issuer + "/")
                        .refused()
                        .err())
                .contains("calls itself \"" + issuer + "\"");
        assertThat(tool.run("enable-broker", "google", "--client-id", "gatehouse")
                        .refused()
                        .err())
                .contains("--secret-file");
        assertThat(writes()).isEmpty();
    }
}
