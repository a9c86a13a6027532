// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.MailServer;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.Distribution;
import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.ServerRuntime;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** How the realm comes to a server: by a file at its start, or by the console's upload. */
class ImportIT {

    private static final String PASSWORD = "a-password-of-the-mail-server";

    private final MailServer mail = MailServer.start();

    @AfterEach
    void noMailAnyMore() {
        mail.close();
    }

    private RunningServer started(Distribution distribution, Map<String, String> more) throws StartFailure {
        Map<String, String> environment = new HashMap<>(Gatehouse.environment(mail));
        environment.putAll(more);
        return distribution.start(new ServerSettings(0, environment, true, ServerSettings.BEHIND_A_PROXY), step -> {});
    }

    @Test
    void itIsImportedOnceAndWhatIsChangedLaterStaysOnBothSides() throws Exception {
        Distribution distribution =
                Distribution.prepareForKeeping(Build.target().resolve("keycloak-kept"), step -> {});
        Path file = distribution.home().resolve("data/import/gatehouse.json");
        Path beside = file.resolveSibling("shop.json");
        Path below = file.resolveSibling("below");
        String shipped = Files.readString(file);
        Distribution.delete(distribution.database());
        Files.writeString(beside, "{\"realm\": \"shop\", \"enabled\": true, \"displayName\": \"${GATEHOUSE_SHOP}\"}");
        Files.createDirectories(below);
        Files.writeString(below.resolve("cellar.json"), "{\"realm\": \"cellar\", \"enabled\": true}");
        Person pat;
        String password;
        Map<String, String> more = Map.of("GATEHOUSE_SHOP", "Pat's shop", "GATEHOUSE_SMTP_PASSWORD", PASSWORD);
        // Not closed itself: the second server finds the mail server where the realm says.
        try (RunningServer server = started(distribution, more)) {
            Gatehouse first = new Gatehouse(mail, server);
            password = first.server().adminPassword();
            pat = first.aPerson().create();
            assertSignsInByLink(first, pat);
            assertThat(first.admin().realm("shop").toRepresentation().getDisplayName())
                    .as("a file beside takes its values from variables, too")
                    .isEqualTo("Pat's shop");
            assertThat(names(first)).as("folders are not looked into").containsOnly("gatehouse", "master", "shop");
            RealmSettings.change(first.realm(), realm -> realm.setDisplayName("Changed in the console"));

            Files.writeString(
                    file,
                    shipped.replace("\"accessTokenLifespan\": 600", "\"accessTokenLifespan\": 300")
                            .replace("\"displayName\": \"Gatehouse\"", "\"displayName\": \"Changed in the file\""));
        }
        try (RunningServer server = started(distribution, more)) {
            Gatehouse second = new Gatehouse(mail, server, password);
            RealmRepresentation realm = second.realm().toRepresentation();
            assertThat(realm.getDisplayName()).isEqualTo("Changed in the console");
            assertThat(realm.getAccessTokenLifespan()).isEqualTo(600);
            assertThat(Files.readString(second.server().log()))
                    .contains("Realm 'gatehouse' already exists. Import skipped");
            assertSignsInByLink(second, pat);
        } finally {
            Files.writeString(file, shipped);
            Files.delete(beside);
            Distribution.delete(below);
        }

        Path export = distribution.home().resolveSibling("export.json");
        distribution.run("export", "--optimized", "--realm", "gatehouse", "--file", export.toString());
        String exported = Files.readString(export);
        Files.delete(export);
        // The keys and secrets that the server made stand in it, so it is no file to show. Of ours there is nothing.
        assertThat(exported)
                .contains("gatehouse browser first factor")
                .doesNotContain("${GATEHOUSE")
                .as("a password that the mail server does not ask for")
                .doesNotContain(PASSWORD);
    }

    private static List<String> names(Gatehouse gatehouse) {
        return gatehouse.admin().realms().findAll().stream()
                .map(RealmRepresentation::getRealm)
                .toList();
    }

    private static void assertSignsInByLink(Gatehouse gatehouse, Person person) {
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), person.address());
        signIn.confirm(signIn.link());
        assertThat(signIn.app().tokens(signIn.goOn()).claims().get("sub").asText())
                .isEqualTo(person.id());
    }

    @Test
    void withoutAnImportNothingIsAskedForAndTheConsolesUploadMakesTheSameRealm() throws Exception {
        try (Gatehouse gatehouse = new Gatehouse(
                mail,
                ServerRuntime.distribution()
                        .start(new ServerSettings(0, Map.of(), false, ServerSettings.BEHIND_A_PROXY), step -> {}))) {
            Page none = Browser.fresh().open(gatehouse.server().url() + "/realms/gatehouse");
            assertThat(none.status()).isEqualTo(404);

            assertThat(upload(gatehouse)).isEqualTo(201);
            assertThat(upload(gatehouse)).as("once more").isEqualTo(409);
            String stored = Json.write(gatehouse.realm().partialExport(true, true));
            assertThat(stored).doesNotContain("${GATEHOUSE").doesNotContainPattern("\\$\\{[A-Z]");
            assertThat(gatehouse.realm().toRepresentation().getSmtpServer()).isEmpty();

            Person pat = gatehouse.aPerson().create();
            RealmSettings.change(
                    gatehouse.realm(),
                    realm -> realm.setSmtpServer(Map.of(
                            "host", mail.host(),
                            "port", Integer.toString(mail.port()),
                            "from", "sign-in@gatehouse.example")));
            assertSignsInByLink(gatehouse, pat);
        }
    }

    /** What the console's button "Create realm" sends for a file that was chosen; the answer's status. */
    private static int upload(Gatehouse gatehouse) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gatehouse.server().url() + "/admin/realms"))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Bearer " + gatehouse.admin().tokenManager().getAccessTokenString())
                .POST(HttpRequest.BodyPublishers.ofFile(Build.target().resolve("realm/gatehouse-console.json")))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
