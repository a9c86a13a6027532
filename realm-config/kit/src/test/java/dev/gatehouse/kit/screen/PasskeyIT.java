// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.screen;

import java.net.URI;
import java.util.Map;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.gatehouse.kit.journey.App;
import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.journey.Person;
import dev.gatehouse.kit.screen.Screen.Look;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A passkey in Chromium, with an authenticator that says yes by itself. */
@NeedsChromium
@ExtendWith(KeycloakServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasskeyIT {

    private static final Look LOOK = Screen.LOOKS.get(0);

    private final Gatehouse gatehouse;
    private final Screen screen = Screen.open();

    PasskeyIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @AfterAll
    void closed() {
        screen.close();
    }

    @Test
    void aPersonSetsAPasskeyUpAfterSigningInAndSignsInWithNothingElse() {
        Person pat = gatehouse.aPerson().create();
        // Browsers give passkeys to names only, not to network addresses.
        String frontend = "http://localhost:" + gatehouse.server().url().getPort();
        App app = new App(URI.create(frontend + "/realms/" + Gatehouse.REALM), "gatehouse-app");
        gatehouse.attributes().during(Map.of("frontendUrl", frontend), () -> {
            try (BrowserContext person = screen.person(LOOK)) {
                Page tab = person.newPage();
                tab.route("**/callback*", route -> route.fulfill());
                authenticator(person.newCDPSession(tab));
                tab.navigate(
                        app.authorizationRequest(Map.of("kc_action", "webauthn-register-passwordless:skip_if_exists"))
                                .toString());
                tab.getByText("Username and password").click();
                Screen.check(tab, LOOK, "30-password-with-passkey");
                tab.locator("#username").fill(pat.username());
                tab.locator("#password").fill(pat.password());
                tab.locator("#kc-login").click();
                pressWithScript(tab, tab.locator("#registerWebAuthn"));
                tab.waitForURL(url -> url.contains("/callback"));

                person.clearCookies();
                tab.navigate(app.authorizationRequest(Map.of()).toString());
                tab.getByText("Passkey").click();
                pressWithScript(tab, tab.locator("#authenticateWebAuthnButton"));
                tab.waitForURL(url -> url.contains("/callback"));
                assertThat(tab.url()).contains("code=");

                person.clearCookies();
                tab.navigate(app.authorizationRequest(Map.of()).toString());
                tab.getByText("Username and password").click();
                // The page offers the passkey by itself, and this authenticator takes the offer.
                tab.waitForURL(url -> url.contains("/callback"));
                assertThat(tab.url()).contains("code=");
            }
        });
        assertThat(gatehouse.realm().users().get(pat.id()).credentials())
                .extracting(credential -> credential.getType())
                .contains("webauthn-passwordless");
    }

    /** A button that does nothing before the page's scripts have run. */
    private static void pressWithScript(Page page, Locator button) {
        assertThat(button).isVisible();
        page.waitForLoadState();
        button.click();
    }

    /** One that is built into the device, keeps what it makes, and has always just seen its owner. */
    private static void authenticator(CDPSession session) {
        session.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        session.send("WebAuthn.addVirtualAuthenticator", parameters);
    }
}
