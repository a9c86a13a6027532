// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.screen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.kit.journey.App;
import dev.gatehouse.kit.journey.Eventually;
import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.journey.Person;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.screen.Screen.Look;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The sign-in by link as a person sees it, in Chromium. */
@NeedsChromium
@ExtendWith(KeycloakServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {

    private final Gatehouse gatehouse;
    private final Screen screen = Screen.open();
    private final HttpServer callback;

    PagesIT(Gatehouse gatehouse) throws IOException {
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

    static Stream<Look> looks() {
        return Screen.LOOKS.stream();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theWaitingTabGoesOnByItselfAndEveryPageOnTheWayIsUsableByEverybody(Look look) {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.appAt(callback.getAddress().getPort());
        try (BrowserContext person = screen.person(look)) {
            List<String> errors = new ArrayList<>();
            Page tab = person.newPage();
            tab.onPageError(errors::add);
            tab.navigate(app.authorizationRequest(Map.of()).toString());
            Screen.check(tab, look, "1-address");
            tab.locator("#gatehouse-magic-link-send").click();
            assertThat(tab.locator("#input-error-email")).isVisible();
            Screen.check(tab, look, "2-address-invalid");
            tab.locator("#email").fill(pat.address());
            tab.locator("#gatehouse-magic-link-send").click();
            assertThat(tab.locator("#gatehouse-magic-link-sent")).isVisible();
            Screen.check(tab, look, "3-check-your-mail");

            Mail mail = gatehouse.mail().inbox(pat.address()).next();
            Page mailed = person.newPage();
            mailed.setContent(mail.html());
            Screen.check(mailed, look, "4-mail");
            Page link = person.newPage();
            link.onPageError(errors::add);
            link.navigate(mail.link().toString());
            Screen.check(link, look, "5-confirm");
            link.locator("#gatehouse-magic-link-confirm").click();
            assertThat(link).hasURL(Pattern.compile(".*/confirmed\\?.*"));
            Screen.check(link, look, "6-confirmed");

            tab.waitForURL(url -> url.contains("/callback?"));
            assertThat(tab.url()).contains("code=").contains("state=");
            assertThat(errors).as("errors of scripts").isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void thePagesOfRefusalAreUsableByEverybody(Look look) {
        Person pat = gatehouse.aPerson().create();
        try (BrowserContext person = screen.person(look);
                BrowserContext phone = screen.person(look)) {
            Page tab = person.newPage();
            tab.navigate(gatehouse.app().authorizationRequest(Map.of()).toString());
            tab.locator("#email").fill(pat.address());
            tab.locator("#gatehouse-magic-link-send").click();
            Mail mail = gatehouse.mail().inbox(pat.address()).next();

            Page other = phone.newPage();
            other.navigate(mail.link().toString());
            assertThat(other.locator("[data-gatehouse-refusal=other-browser]")).isVisible();
            Screen.check(other, look, "7-wrong-browser");
            other.navigate(gatehouse.issuer() + "/gatehouse-magic-link/open?t=x");
            assertThat(other.locator("[data-gatehouse-refusal=invalid]")).isVisible();
            Screen.check(other, look, "8-invalid");
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void thePasswordPageFitsIn(Look look) {
        try (BrowserContext person = screen.person(look)) {
            Page tab = person.newPage();
            tab.navigate(gatehouse.app().authorizationRequest(Map.of()).toString());
            tab.locator(".gatehouse-ways button").first().click();
            assertThat(tab.locator("#password")).isVisible();
            Screen.check(tab, look, "9-password");
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aRefusedGuessIsToldOnTheSamePage(Look look) {
        try (BrowserContext person = screen.person(look)) {
            person.setExtraHTTPHeaders(Map.of("X-Forwarded-For", "192.168.7." + (Screen.LOOKS.indexOf(look) + 1)));
            gatehouse.attributes().during(Map.of("gatehouse.limits.login.address", "1/1m"), () -> {
                Page tab = person.newPage();
                tab.navigate(gatehouse.app().authorizationRequest(Map.of()).toString());
                tab.locator(".gatehouse-ways button").first().click();
                for (int i = 0; i < 2; i++) {
                    tab.locator("#username").fill("somebody");
                    tab.locator("#password").fill("a guess");
                    tab.locator("#kc-login").click();
                }
                assertThat(tab.locator("#password")).isVisible();
                assertThat(tab.locator("body")).containsText(look.language().equals("de") ? "Zu viele" : "Too many");
                Screen.check(tab, look, "10-refused-guess");
            });
        }
    }

    @Test
    void theButtonForAnotherMailCountsDownAndOpens() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("resendAfter", "3s", () -> {
            try (BrowserContext person = screen.person(Screen.LOOKS.get(0))) {
                Page tab = person.newPage();
                tab.navigate(gatehouse.app().authorizationRequest(Map.of()).toString());
                tab.locator("#email").fill(pat.address());
                tab.locator("#gatehouse-magic-link-send").click();
                assertThat(tab.locator("#gatehouse-magic-link-resend")).isDisabled();
                assertThat(tab.locator("#gatehouse-magic-link-resend")).isEnabled();
                gatehouse.mail().inbox(pat.address()).next();
                tab.locator("#gatehouse-magic-link-resend").click();
                assertThat(gatehouse.mail().inbox(pat.address()).next().links()).hasSize(1);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theCodeOfTheMailSignsInWhereTheTabWaitsAndAWrongOneIsToldAtTheField(Look look) {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.appAt(callback.getAddress().getPort());
        try (BrowserContext person = screen.person(look)) {
            Page tab = person.newPage();
            tab.navigate(app.authorizationRequest(Map.of()).toString());
            tab.locator("#email").fill(pat.address());
            tab.locator("#gatehouse-magic-link-send").click();
            String code = gatehouse.mail().inbox(pat.address()).next().code();
            tab.locator("#code").fill("12");
            tab.locator("#gatehouse-magic-link-code").click();
            assertThat(tab.locator("#input-error-code")).isVisible();
            assertThat(tab.locator("#code")).isFocused();
            Screen.check(tab, look, "11-code-invalid");
            tab.locator("#code").fill(code);
            tab.locator("#code").press("Enter");

            tab.waitForURL(url -> url.contains("/callback?"));
            assertThat(tab.url()).contains("code=");
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void whoGetsAnAccountIsToldSoBeforehand(Look look) {
        String address = "new-" + Screen.LOOKS.indexOf(look) + "-" + System.nanoTime() + "@people.example";
        var realm = gatehouse.realm().toRepresentation();
        realm.setRegistrationAllowed(true);
        gatehouse.realm().update(realm);
        try (BrowserContext person = screen.person(look)) {
            gatehouse.linkStep().during("createAccounts", "true", () -> {
                Page tab = person.newPage();
                tab.navigate(gatehouse.app().authorizationRequest(Map.of()).toString());
                tab.locator("#email").fill(address);
                tab.locator("#gatehouse-magic-link-send").click();
                Mail mail = gatehouse.mail().inbox(address).next();
                Page mailed = person.newPage();
                mailed.setContent(mail.html());
                Screen.check(mailed, look, "12-mail-new-account");
                mailed.navigate(mail.link().toString());
                Screen.check(mailed, look, "13-confirm-new-account");
            });
        } finally {
            realm.setRegistrationAllowed(false);
            gatehouse.realm().update(realm);
        }
    }

    @Test
    void withoutAScriptTheWaitForAnotherMailCountsDownToo() {
        Person pat = gatehouse.aPerson().create();
        try (BrowserContext person = screen.withoutScripts(Screen.LOOKS.get(0))) {
            Page tab = person.newPage();
            tab.navigate(gatehouse.app().authorizationRequest(Map.of()).toString());
            tab.locator("#email").fill(pat.address());
            tab.locator("#gatehouse-magic-link-send").click();
            assertThat(tab.locator("#gatehouse-resend-hint")).containsText("30 seconds");
            assertThat(tab.locator("#gatehouse-magic-link-resend")).isEnabled();
            int first = counted(tab);
            assertThat(first).isBetween(1, 30);
            assertThat(Eventually.get(() -> counted(tab), left -> left < first)).isBetween(0, first - 1);
        }
    }

    /** What the style sheet counts: the protocol of the browser still answers where pages run no scripts. */
    private static int counted(Page tab) {
        return Integer.parseInt(tab.locator(".gatehouse-countdown")
                .evaluate("counter => getComputedStyle(counter).getPropertyValue('--gatehouse-left')")
                .toString()
                .trim());
    }
}
