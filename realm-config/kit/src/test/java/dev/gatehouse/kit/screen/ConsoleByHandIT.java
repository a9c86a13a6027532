// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.screen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.kit.journey.App;
import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.screen.Screen.Look;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** A realm that is made in Keycloak's console alone, click by click as the documents say. */
@NeedsChromium
@ExtendWith(KeycloakServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleByHandIT {

    /** Wide enough for the console to show its navigation. */
    private static final Look LOOK = new Look("console", ColorScheme.LIGHT, 1400, "en");

    private final Gatehouse gatehouse;
    private final Screen screen = Screen.open();
    private final HttpServer callback;

    ConsoleByHandIT(Gatehouse gatehouse) throws IOException {
        this.gatehouse = gatehouse;
        this.callback = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeAll
    void theAppListens() {
        callback.createContext("/callback", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        callback.start();
    }

    @AfterAll
    void closed() {
        callback.stop(0);
        screen.close();
    }

    @Test
    void aRealmIsUploadedItsMailIsSetAndAPersonSignsInByLink() {
        String name = "by-hand-" + UUID.randomUUID();
        String address = "pat-" + UUID.randomUUID() + "@people.example";
        try (BrowserContext administrator = screen.person(LOOK);
                BrowserContext person = screen.person(LOOK)) {
            AdminConsole console = AdminConsole.open(administrator, gatehouse.server());
            console.createRealm(Build.target().resolve("realm/gatehouse-console.json"), name);
            console.setMail(
                    "sign-in@gatehouse.example",
                    gatehouse.mail().host(),
                    gatehouse.mail().port());
            console.createUser("pat", address);

            Page tab = person.newPage();
            App app = new App(
                    URI.create(gatehouse.server().url() + "/realms/" + name),
                    "gatehouse-app",
                    URI.create("http://127.0.0.1:" + callback.getAddress().getPort() + "/callback"));
            tab.navigate(app.authorizationRequest(Map.of()).toString());
            tab.locator("#email").fill(address);
            tab.locator("#gatehouse-magic-link-send").click();
            Page link = person.newPage();
            link.navigate(gatehouse.mail().inbox(address).next().link().toString());
            link.locator("#gatehouse-magic-link-confirm").click();
            tab.waitForURL(url -> url.contains("/callback?"));
            assertThat(tab.url()).contains("code=");

            assertThat(console.flow("gatehouse browser")).contains("Magic Link (Gatehouse)", "Username Password Form");
            console.waitForList("clients", "gatehouse-app", "gatehouse-bff", "gatehouse-machine");
            console.waitForList("client-scopes", "gatehouse-api");
            console.waitForList("identity-providers", "google", "github", "microsoft");
            console.assertNoErrors();
        } finally {
            if (gatehouse.admin().realms().findAll().stream()
                    .anyMatch(realm -> realm.getRealm().equals(name))) {
                gatehouse.admin().realm(name).remove();
            }
        }
    }
}
