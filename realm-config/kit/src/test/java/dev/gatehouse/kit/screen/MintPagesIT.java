// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.screen;

import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.journey.MintBackend;
import dev.gatehouse.kit.journey.Person;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.screen.Screen.Look;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** What a person sees of a minted link, in Chromium. */
@NeedsChromium
@ExtendWith(KeycloakServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MintPagesIT {

    private final Gatehouse gatehouse;
    private final Screen screen = Screen.open();

    MintPagesIT(Gatehouse gatehouse) {
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
    void theQuestionTheMailAndThePageForSomebodyElseAreUsableByEverybody(Look look) {
        Person pat = gatehouse.aPerson().speaking(look.language()).create();
        Person kim = gatehouse.aPerson().create();
        gatehouse.attributes().during(Map.of("gatehouse.mint.clients", "gatehouse-app"), () -> {
            MintBackend backend = MintBackend.create(gatehouse);
            try (BrowserContext person = screen.person(look)) {
                String pats = backend.mailedLinkFor(pat).toString();
                Mail mail = gatehouse.mail().inbox(pat.address()).next();
                Page mailed = person.newPage();
                mailed.setContent(mail.html());
                Screen.check(mailed, look, "20-mail-minted");

                Page tab = person.newPage();
                tab.navigate(pats);
                assertThat(tab.locator("#gatehouse-magic-link-minted")).isVisible();
                Screen.check(tab, look, "21-minted");
                tab.locator("#gatehouse-magic-link-minted-other").click();
                assertThat(tab.locator("#email")).isVisible();

                tab.navigate(backend.linkFor(kim).toString());
                // Nobody listens at the app's address; the session is there all the same.
                tab.route("**/callback*", route -> route.fulfill());
                tab.locator("#gatehouse-magic-link-minted").click();
                tab.waitForURL(url -> url.contains("/callback"));
                Page other = person.newPage();
                other.navigate(pats);
                assertThat(other.locator("[data-gatehouse-refusal=other-user]")).isVisible();
                Screen.check(other, look, "22-somebody-else");
            }
        });
    }
}
