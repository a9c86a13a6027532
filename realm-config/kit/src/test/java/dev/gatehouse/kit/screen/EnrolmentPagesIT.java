// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.journey.Person;
import dev.gatehouse.kit.screen.Screen.Look;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The page to set up an authenticator app as a person sees it, in Chromium. */
@NeedsChromium
@ExtendWith(KeycloakServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnrolmentPagesIT {

    private final Gatehouse gatehouse;
    private final Screen screen = Screen.open();

    EnrolmentPagesIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @AfterAll
    void closed() {
        screen.close();
    }

    static Stream<Look> looks() {
        return Screen.LOOKS.stream();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void thePageIsUsableByEverybodyAndTheKeyCanBeCopied(Look look) {
        Person pat = gatehouse.aPerson().create();
        gatehouse.attributes().during(Map.of("gatehouse.otpGuard", "true"), () -> {
            try (BrowserContext person = screen.person(look)) {
                person.grantPermissions(List.of("clipboard-read", "clipboard-write"));
                List<String> errors = new ArrayList<>();
                Page tab = person.newPage();
                tab.onPageError(errors::add);
                tab.navigate(gatehouse
                        .app()
                        .authorizationRequest(Map.of("kc_action", "CONFIGURE_TOTP"))
                        .toString());
                tab.locator(".gatehouse-ways button").first().click();
                tab.locator("#username").fill(pat.username());
                tab.locator("#password").fill(pat.password());
                tab.locator("#kc-login").click();
                assertThat(tab.locator("#gatehouse-totp-qr")).isVisible();
                Screen.check(tab, look, "40-set-up");
                tab.locator("#gatehouse-totp-copy").click();
                assertThat(tab.locator("#gatehouse-totp-copy-status")).not().isEmpty();
                assertThat(tab.evaluate("navigator.clipboard.readText()").toString())
                        .matches("[A-Z2-7]{32}");
                tab.locator("#totp").fill("000000");
                tab.locator("#gatehouse-totp-save").click();
                assertThat(tab.locator("#input-error-totp")).isVisible();
                Screen.check(tab, look, "41-wrong-code");
                assertThat(errors).as("errors of scripts").isEmpty();
            }
        });
    }
}
