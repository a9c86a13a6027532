// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.MailServer;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.Distribution;
import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The jar is taken away from a server with a database. The realm was there when the jar was: once as it is shipped, and
 * once after the tool has made it independent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeavingIT {

    private final MailServer mail = MailServer.start();
    private final Distribution distribution =
            Distribution.prepareForKeeping(Build.target().resolve("keycloak-leaving"), step -> {});
    private final Path shipped = distribution.home().resolveSibling("shipped");
    private final Path left = distribution.home().resolveSibling("left");
    private Person pat = new Person("", "", "", "");
    private String adminPassword = "";

    private RunningServer start(boolean importRealm) throws StartFailure {
        return distribution.start(
                new ServerSettings(0, Gatehouse.environment(mail), importRealm, ServerSettings.BEHIND_A_PROXY),
                step -> {});
    }

    @BeforeAll
    void theRealmIsLeftAndTheJarIsTakenAway() throws Exception {
        Distribution.delete(distribution.database());
        try (RunningServer server = start(true)) {
            adminPassword = server.adminPassword();
            pat = new Gatehouse(mail, server).aPerson().create();
        }
        move(distribution.database(), shipped);
        copy(shipped, distribution.database());
        try (RunningServer server = start(false)) {
            Gatehouse gatehouse = new Gatehouse(mail, server, adminPassword);
            RealmTool.of(gatehouse)
                    .run("leave", "--realm", "gatehouse", "--yes")
                    .succeeded();
        }
        move(distribution.database(), left);
        Files.delete(distribution.home().resolve("providers/gatehouse.jar"));
        distribution.rebuild();
    }

    @AfterAll
    void noMailAnyMore() {
        mail.close();
    }

    private static void move(Path from, Path to) throws IOException {
        Distribution.delete(to);
        Files.move(from, to);
    }

    private static void copy(Path from, Path to) throws IOException {
        Distribution.delete(to);
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static Page byPassword(Page login, Person person) {
        return login.form()
                .forge("username", person.username())
                .forge("password", person.password())
                .enter();
    }

    @Test
    void whoHasAPasswordSignsInToALeftRealmAndBothConsolesOpen() throws Exception {
        copy(left, distribution.database());
        try (RunningServer server = start(false)) {
            Gatehouse gatehouse = new Gatehouse(mail, server, adminPassword);
            App app = gatehouse.app();
            Page login = app.signIn(Browser.fresh());
            assertThat(login.html()).doesNotContain("magic-link");
            assertThat(app.tokens(byPassword(login, pat)).claims().get("sub").asText())
                    .isEqualTo(pat.id());

            assertAccountConsoleWorks(gatehouse);
            assertAdminConsoleOpens(gatehouse);
            assertThat(Files.readString(server.log())).doesNotContain(" ERROR [");
        }
    }

    /** The page, and what its script asks the server with the token of its own client. */
    private void assertAccountConsoleWorks(Gatehouse gatehouse) {
        URI address = URI.create(gatehouse.issuer() + "/account/");
        App console = new App(gatehouse.issuer(), "account-console", address, gatehouse.server()::route);
        Page callback = byPassword(console.signIn(Browser.fresh()), pat);
        String token = Json.of(console.exchange(callback.query().getOrDefault("code", "")))
                .get("access_token")
                .asText();

        assertThat(Browser.fresh().open(address).status()).isEqualTo(200);
        for (String part : List.of("", "sessions/devices", "credentials", "applications", "linked-accounts")) {
            Page answer = Browser.fresh()
                    .requests()
                    .with("Accept", "application/json")
                    .with("Authorization", "Bearer " + token)
                    .get(address.resolve(part));
            assertThat(answer.status()).as(part).isEqualTo(200);
        }
    }

    /** What its pages for flows, clients, client scopes, providers and the realm ask the server. */
    private static void assertAdminConsoleOpens(Gatehouse gatehouse) {
        JsonNode flows = admin(gatehouse, "authentication/flows");
        flows.forEach(flow -> {
            admin(
                            gatehouse,
                            "authentication/flows/" + flow.get("alias").asText().replace(" ", "%20") + "/executions")
                    .forEach(execution -> {
                        if (execution.has("providerId")) {
                            String step = execution.get("providerId").asText();
                            assertThat(step).doesNotStartWith("gatehouse-");
                            if (execution.path("configurable").asBoolean()) {
                                admin(gatehouse, "authentication/config-description/" + step);
                            }
                        }
                    });
        });
        admin(gatehouse, "ui-ext/authentication-management/flows");
        admin(gatehouse, "clients")
                .forEach(
                        client -> admin(gatehouse, "clients/" + client.get("id").asText()));
        admin(gatehouse, "client-scopes")
                .forEach(scope ->
                        admin(gatehouse, "client-scopes/" + scope.get("id").asText() + "/protocol-mappers/models"));
        admin(gatehouse, "identity-provider/instances");
        admin(gatehouse, "client-policies/policies");
        admin(gatehouse, "client-policies/profiles");
        String realm = admin(gatehouse, "").toString();
        assertThat(realm).doesNotContain("gatehouse.limits", "\"gatehouse browser", "\"loginTheme\":\"gatehouse\"");
    }

    private static JsonNode admin(Gatehouse gatehouse, String path) {
        Page answer = Browser.fresh()
                .requests()
                .with(
                        "Authorization",
                        "Bearer " + gatehouse.admin().tokenManager().getAccessTokenString())
                .get(URI.create(
                        gatehouse.server().url() + "/admin/realms/gatehouse" + (path.isEmpty() ? "" : "/" + path)));
        assertThat(answer.status()).as(path).isEqualTo(200);
        return Json.of(answer);
    }

    @Test
    void aRealmThatWasNotLeftIsLocked() throws Exception {
        copy(shipped, distribution.database());
        try (RunningServer server = start(false)) {
            Gatehouse gatehouse = new Gatehouse(mail, server, adminPassword);

            Page page = gatehouse.app().signIn(Browser.fresh());

            assertThat(page.status()).isGreaterThanOrEqualTo(400);
            assertThat(page.forms()).isEmpty();
            assertThat(gatehouse
                            .realm()
                            .users()
                            .get(pat.id())
                            .toRepresentation()
                            .getUsername())
                    .as("nothing is lost: with the jar it is as before")
                    .isEqualTo(pat.username());
        }
    }

    @Test
    void withoutTheJarTheRealmIsNotImported() throws Exception {
        Distribution.delete(distribution.database());

        StartFailure failure =
                catchThrowableOfType(StartFailure.class, () -> start(true).close());

        assertThat(failure).as("the server must not start").isNotNull();
        assertThat(failure.log()).doesNotContain("Realm 'gatehouse' imported");
    }
}
