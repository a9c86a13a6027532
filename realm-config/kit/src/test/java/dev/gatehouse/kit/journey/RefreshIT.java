// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import dev.gatehouse.samples.KitRealm;
import dev.gatehouse.verifier.TokenRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each refresh token works once (RFC 9700, section 4.14.2), and one that comes a second time ends what it belongs to.
 *
 * <p>Keycloak compares times in whole seconds: of two refreshes within one second the older token is not told from the
 * newer. The journeys wait, as apps do that refresh when a token runs out.
 */
@ExtendWith(KeycloakServer.class)
class RefreshIT {

    private final Gatehouse gatehouse;
    private final Browser browser = Browser.fresh();
    private final Person pat;

    RefreshIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
        this.pat = gatehouse.aPerson().create();
    }

    private App.Tokens signedIn(App app) {
        return app.tokens(app.signIn(browser)
                .press("Username and password")
                .form()
                .forge("username", pat.username())
                .forge("password", pat.password())
                .enter());
    }

    /** As long as the server's clock needs to show another second. */
    private static void aSecondPasses() {
        try {
            TimeUnit.MILLISECONDS.sleep(1_100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a second passed", e);
        }
    }

    private static String refreshed(App app, String refreshToken) {
        aSecondPasses();
        Page answer = app.refresh(refreshToken);
        assertThat(answer.status()).as(answer.html()).isEqualTo(200);
        return Json.of(answer).get("refresh_token").asText();
    }

    private static void assertSpent(App app, String refreshToken) {
        aSecondPasses();
        Page answer = app.refresh(refreshToken);
        assertThat(answer.status()).as(answer.html()).isEqualTo(400);
        assertThat(Json.of(answer).get("error").asText()).isEqualTo("invalid_grant");
    }

    private int userInfo(String accessToken) {
        return Browser.fresh()
                .requests()
                .with("Authorization", "Bearer " + accessToken)
                .get(URI.create(gatehouse.issuer() + "/protocol/openid-connect/userinfo"))
                .status();
    }

    @Test
    void eachRefreshGivesANewTokenThatWorks() {
        App app = gatehouse.app();
        String token = signedIn(app).refresh();

        for (int i = 0; i < 3; i++) {
            String next = refreshed(app, token);
            assertThat(next).isNotEqualTo(token);
            token = next;
        }
    }

    @Test
    void aTokenThatComesAgainEndsTheAppsSessionTheNewestTokenIncluded() {
        App app = gatehouse.app();
        App.Tokens first = signedIn(app);
        String second = refreshed(app, first.refresh());
        String third = refreshed(app, second);

        assertSpent(app, first.refresh());

        assertSpent(app, third);
        assertThat(userInfo(first.access())).isEqualTo(401);
    }

    @Test
    void thePersonStaysSignedInAndTheAppCanAskAgain() {
        App app = gatehouse.app();
        App.Tokens first = signedIn(app);
        refreshed(app, first.refresh());
        assertSpent(app, first.refresh());

        App again = gatehouse.app();
        Page silent = again.signIn(browser, Map.of("prompt", "none"));

        App.Tokens tokens = again.tokens(silent);
        assertThat(tokens.claims().get("sid").asText())
                .isEqualTo(first.claims().get("sid").asText());
        refreshed(again, tokens.refresh());
    }

    @Test
    void anAccessTokenThatIsOutAlreadyIsGoodUntilItRunsOutForWhoeverAsksNobody() throws TokenRefusedException {
        App app = gatehouse.app();
        App.Tokens first = signedIn(app);
        refreshed(app, first.refresh());
        assertSpent(app, first.refresh());

        assertThat(KitRealm.verifier(gatehouse.issuer().toString(), KitRealm.AUDIENCE)
                        .build()
                        .verify(first.access())
                        .subject())
                .as("a function looks at the token only; it lives for 10 minutes")
                .isEqualTo(pat.id());
    }

    @Test
    void eachTabHasATokenOfItsOwnAndRefreshesWithoutTheOthers() {
        App tab = gatehouse.app();
        App.Tokens one = signedIn(tab);
        App other = gatehouse.app();
        App.Tokens two = other.tokens(other.signIn(browser, Map.of("prompt", "none")));

        String oneAfter = refreshed(tab, one.refresh());
        String twoAfter = refreshed(other, two.refresh());
        refreshed(tab, oneAfter);
        refreshed(other, twoAfter);

        assertThat(one.claims().get("sid").asText())
                .isEqualTo(two.claims().get("sid").asText());
    }

    @Test
    void aRefreshTokenIsForTheClientThatGotIt() {
        App app = gatehouse.app();
        String token = signedIn(app).refresh();
        try (OwnApp own = OwnApp.with(gatehouse, flow -> flow.required("gatehouse-username-password-form"))) {
            assertThat(own.app().refresh(token).status()).isEqualTo(400);
        }
        assertThat(app.refresh(token).status())
                .as("whoever else tried it spent nothing")
                .isEqualTo(200);
    }

    @Test
    void neitherAnAccessTokenNorAnIdTokenRefreshesAnything() {
        App app = gatehouse.app();
        App.Tokens tokens = signedIn(app);

        assertThat(app.refresh(tokens.access()).status()).isEqualTo(400);
        assertThat(app.refresh(tokens.id()).status()).isEqualTo(400);
    }

    @Test
    void afterSigningOutThereIsNothingToRefresh() {
        App app = gatehouse.app();
        App.Tokens tokens = signedIn(app);

        browser.open(gatehouse.issuer() + "/protocol/openid-connect/logout?id_token_hint=" + tokens.id());

        assertSpent(app, tokens.refresh());
    }
}
