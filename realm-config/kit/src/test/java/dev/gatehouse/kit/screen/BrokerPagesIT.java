// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.screen;

import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.journey.HostileUpstream;
import dev.gatehouse.kit.journey.Person;
import dev.gatehouse.kit.screen.Screen.Look;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** What somebody sees who comes from another identity provider, in Chromium. */
@NeedsChromium
@ExtendWith(KeycloakServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerPagesIT {

    private final Gatehouse gatehouse;
    private final Screen screen = Screen.open();

    BrokerPagesIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @AfterAll
    void closed() {
        screen.close();
    }

    static Stream<Look> looks() {
        return Screen.LOOKS.stream();
    }

    private Page login(BrowserContext person) {
        Page tab = person.newPage();
        tab.navigate(gatehouse.app().authorizationRequest(Map.of()).toString());
        return tab;
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theWayToAnExistingAccountIsUsableByEverybody(Look look) {
        Person pat = gatehouse.aPerson().create();
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse);
                BrowserContext person = screen.person(look)) {
            upstream.telling(account -> account.put("email", pat.address()));
            Page tab = login(person);
            assertThat(tab.locator("#social-oidc")).isVisible();
            Screen.check(tab, look, "30-providers");
            tab.locator("#social-oidc").click();
            assertThat(tab.locator("#linkAccount")).isVisible();
            Screen.check(tab, look, "31-account-exists");
            tab.locator("#updateProfile").click();
            assertThat(tab.locator("#email")).hasValue(pat.address());
            Screen.check(tab, look, "32-review");
            tab.locator("form input[type=submit], form button[type=submit]")
                    .first()
                    .click();
            tab.locator("#linkAccount").click();
            assertThat(tab.locator("#gatehouse-magic-link-send")).isVisible();
            Screen.check(tab, look, "33-proof-by-link");
            tab.locator(".gatehouse-ways button").first().click();
            assertThat(tab.locator("#password")).isVisible();
            Screen.check(tab, look, "34-proof-by-password");
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void whatWentWrongIsToldWhereItIsUsableByEverybody(Look look) {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse);
                BrowserContext person = screen.person(look)) {
            for (String error : new String[] {"server_error", "access_denied", "invalid_scope"}) {
                upstream.sendingBack(Map.of("error", error));
                Page tab = login(person);
                tab.locator("#social-oidc").click();
                assertThat(tab.locator("#email")).isVisible();
                Screen.check(tab, look, "35-" + error);
            }
            Page tab = login(person);
            tab.navigate(gatehouse.issuer() + "/broker/nobody/login?client_id=gatehouse-app");
            Screen.check(tab, look, "36-no-such-provider");
            tab.navigate(gatehouse.issuer() + "/broker/oidc/endpoint?state=x.y.z");
            Screen.check(tab, look, "37-no-state");
        }
    }
}
