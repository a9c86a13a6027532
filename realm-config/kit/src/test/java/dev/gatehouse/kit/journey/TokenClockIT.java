// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakLab;
import dev.gatehouse.samples.KitRealm;
import dev.gatehouse.verifier.Refusal;
import dev.gatehouse.verifier.TokenRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** How long what a sign-in gives lasts, whatever an app does to keep it. */
@ExtendWith(KeycloakLab.class)
class TokenClockIT {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final GatehouseLab lab;
    private final Gatehouse gatehouse;
    private final App app;
    private final Browser browser = Browser.fresh();
    private Duration passed = Duration.ZERO;

    TokenClockIT(GatehouseLab lab) {
        this.lab = lab;
        this.gatehouse = lab.gatehouse();
        this.app = gatehouse.app();
    }

    private void pass(Duration time) {
        lab.pass(time);
        passed = passed.plus(time);
    }

    private Page callback(Map<String, String> parameters) {
        Person pat = gatehouse.aPerson().create();
        return app.signIn(browser, parameters)
                .press("Username and password")
                .form()
                .forge("username", pat.username())
                .forge("password", pat.password())
                .enter();
    }

    private App.Tokens signedIn() {
        return app.tokens(callback(Map.of()));
    }

    private String refreshed(String token) {
        Page answer = app.refresh(token);
        assertThat(answer.status()).as(answer.html()).isEqualTo(200);
        return Json.of(answer).get("refresh_token").asText();
    }

    private void assertOver(String token) {
        Page answer = app.refresh(token);
        assertThat(answer.status()).as(answer.html()).isEqualTo(400);
        assertThat(answer.html()).contains("invalid_grant");
    }

    /** Uses a token each day of a week but its last hour. */
    private String usedDaily(String first) {
        String token = first;
        Duration end = WEEK.minusHours(1);
        while (passed.compareTo(end) < 0) {
            Duration left = end.minus(passed);
            pass(left.compareTo(DAY) < 0 ? left : DAY.minusHours(1));
            token = refreshed(token);
        }
        return token;
    }

    @Test
    void anAccessTokenLastsTenMinutes() throws TokenRefusedException {
        String token = signedIn().access();
        var verifier = KitRealm.verifier(gatehouse.issuer().toString(), KitRealm.AUDIENCE)
                .clockSkew(Duration.ZERO);

        assertThat(verifier.time(() -> Instant.now().plusSeconds(590)).build().verify(token))
                .isNotNull();
        assertThat(catchThrowableOfType(TokenRefusedException.class, () -> verifier.time(
                                        () -> Instant.now().plusSeconds(601))
                                .build()
                                .verify(token))
                        .refusal())
                .isEqualTo(Refusal.EXPIRED);
    }

    @Test
    void aCodeLastsAMinute() {
        Page late = callback(Map.of());
        App other = gatehouse.app();
        Page inTime = other.signIn(browser, Map.of("prompt", "none"));
        pass(Duration.ofSeconds(55));
        assertThat(other.exchange(inTime.query().getOrDefault("code", "")).status())
                .isEqualTo(200);

        pass(Duration.ofSeconds(10));

        assertThat(app.exchange(late.query().getOrDefault("code", "")).html()).contains("invalid_grant");
    }

    @Test
    void aPageToSignInLastsHalfAnHour() {
        Person pat = gatehouse.aPerson().create();
        Page inTime = app.signIn(Browser.fresh()).press("Username and password");
        Page late = app.signIn(Browser.fresh()).press("Username and password");
        pass(Duration.ofMinutes(29));
        assertThat(inTime.form()
                        .forge("username", pat.username())
                        .forge("password", pat.password())
                        .enter()
                        .isAtStop())
                .isTrue();

        pass(Duration.ofMinutes(2));

        Page again = late.form()
                .forge("username", pat.username())
                .forge("password", pat.password())
                .enter();
        assertThat(again.isAtStop()).isFalse();
        assertThat(again.text()).contains("Your login attempt timed out");
    }

    @Test
    void aSessionThatNobodyUsesLastsADay() {
        App.Tokens tokens = signedIn();
        pass(Duration.ofHours(23));
        String token = refreshed(tokens.refresh());
        pass(Duration.ofHours(25));

        assertOver(token);
        assertThat(app.signIn(browser, Map.of("prompt", "none")).query()).containsEntry("error", "login_required");
    }

    @Test
    void aSessionThatIsUsedEveryDayLastsAWeek() {
        String token = usedDaily(signedIn().refresh());
        pass(Duration.ofMinutes(61));

        assertOver(token);
        assertThat(app.signIn(browser, Map.of("prompt", "none")).query()).containsEntry("error", "login_required");
    }

    @Test
    void whoIsRememberedIsRememberedForAWeekAndNotLonger() {
        RealmSettings.change(gatehouse.realm(), realm -> realm.setRememberMe(true));
        try {
            Person pat = gatehouse.aPerson().create();
            Page callback = app.signIn(browser)
                    .press("Username and password")
                    .form()
                    .forge("username", pat.username())
                    .forge("password", pat.password())
                    .forge("rememberMe", "on")
                    .enter();
            String token = app.tokens(callback).refresh();
            pass(Duration.ofDays(6));

            assertOver(token);
            App again = gatehouse.app();
            Page silent = again.signIn(browser, Map.of("prompt", "none"));
            assertThat(again.exchange(silent.query().getOrDefault("code", "")).status())
                    .as("the browser is remembered; what the app has not used for a day is over all the same")
                    .isEqualTo(200);
            pass(Duration.ofHours(25));
            assertThat(app.signIn(browser, Map.of("prompt", "none")).query()).containsEntry("error", "login_required");
        } finally {
            lab.signInAdmin();
            RealmSettings.change(gatehouse.realm(), realm -> realm.setRememberMe(false));
        }
    }

    @Test
    void anOfflineTokenLastsAWeekHoweverOftenItIsUsed() {
        App.Tokens tokens = app.tokens(callback(Map.of("scope", "openid offline_access")));
        assertThat(App.Tokens.payload(tokens.refresh()).get("typ").asText()).isEqualTo("Offline");
        String token = usedDaily(tokens.refresh());
        pass(Duration.ofMinutes(61));

        assertOver(token);
    }
}
