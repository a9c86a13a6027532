// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.kit.journey.Outcome.assertNotDone;
import static dev.gatehouse.kit.journey.Outcome.assertSignedIn;
import static org.assertj.core.api.Assertions.assertThat;

/** Returns from an identity provider that are not what they seem: nobody is signed in, and the person reads a page. */
@ExtendWith(KeycloakServer.class)
class BrokerAttackIT {

    /** Keycloak reports a return without a usable state in one line. */
    private static final String NO_STATE = "Redirection URL does not contain a state parameter|invalidRequestMessage";

    private final Gatehouse gatehouse;

    BrokerAttackIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    private URI callback(String alias, Map<String, String> query) {
        return URI.create(gatehouse.issuer() + "/broker/" + alias + "/endpoint?" + App.encoded(query));
    }

    /** Somebody on the way to the provider, held there. */
    private static Page away(Browser browser, HostileUpstream upstream, App app) {
        Page away = upstream.arrive(app, browser.stoppingAt(upstream.issuer()));
        assertThat(away.isAtStop()).as(away.describe()).isTrue();
        upstream.expecting(away);
        return away;
    }

    private static String state(Page away) {
        return away.query().getOrDefault("state", "");
    }

    private static void assertRefused(Page page, String language) {
        assertNotDone(page);
        assertThat(page.status()).as(page.describe()).isBetween(200, 499);
        assertThat(page.language()).as(page.describe()).isEqualTo(language);
        assertThat(page.heading()).as(page.describe()).isNotEmpty();
        assertThat(page.html()).doesNotContain("Exception").doesNotContain("org.keycloak");
    }

    static Stream<String> states() {
        return Stream.of(
                "FLIPPED",
                "CUT",
                "OTHER-TAB",
                "NO-CLIENT-DATA",
                "OTHER-CLIENT",
                "",
                "x.y.z",
                "a.b.!!!.d",
                "....",
                "\u0000",
                "a.b.YXBw.\u0000",
                "ä.ö.ü",
                "../..",
                "<script>",
                "z".repeat(10_000));
    }

    private static String tampered(String kind, String state) {
        String[] parts = state.split("\\.", 4);
        return switch (kind) {
            case "FLIPPED" -> (state.charAt(0) == 'a' ? 'b' : 'a') + state.substring(1);
            case "CUT" -> state.substring(0, 20);
            case "OTHER-TAB" -> parts[0] + ".AAAAAAAAAAA." + parts[2] + "." + parts[3];
            case "NO-CLIENT-DATA" -> parts[0].substring(1) + "." + parts[1] + "." + parts[2];
            case "OTHER-CLIENT" -> parts[0] + "." + parts[1] + ".YWNjb3VudA." + parts[3];
            default -> kind;
        };
    }

    @ParameterizedTest
    @MethodSource("states")
    @AllowedInLog(NO_STATE)
    void aStateThatIsNotTheRightOneSignsNobodyIn(String kind) {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            App app = gatehouse.app();
            Browser browser = Browser.speaking("de");
            Page away = away(browser, upstream, app);

            Page page = browser.open(
                    callback(Upstream.SHIPPED, Map.of("state", tampered(kind, state(away)), "code", "a-code")));

            assertRefused(page, "de");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"code=a-code", "", "state=x", "error=access_denied", "code=a&code=b"})
    @AllowedInLog(NO_STATE)
    void aReturnWithoutStateOrWithoutADepartureIsAPage(String query) {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            Page page = Browser.speaking("de").open(gatehouse.issuer() + "/broker/oidc/endpoint?" + query);

            assertThat(upstream.asked()).isEmpty();
            assertRefused(page, "de");
            assertThat(page.status()).isEqualTo(400);
        }
    }

    @Test
    void aReturnThatIsPostedIsAPageAndDoesNothing() {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            App app = gatehouse.app();
            Browser browser = Browser.speaking("de");
            Page away = away(browser, upstream, app);
            Map<String, String> query = Map.of("state", state(away), "code", "a-code");

            for (Page page : List.of(
                    browser.post(callback(Upstream.SHIPPED, query), Map.of()),
                    browser.post(URI.create(gatehouse.issuer() + "/broker/oidc/endpoint"), query))) {
                assertRefused(page, "de");
                assertThat(page.status()).isEqualTo(405);
            }
        }
    }

    @Test
    void nobodyIsSignedInWithWhatSomebodyElseHasBegun() {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            Page away = away(Browser.fresh(), upstream, gatehouse.app());
            URI back = callback(Upstream.SHIPPED, Map.of("state", state(away), "code", "a-code"));
            Browser victim = Browser.speaking("de");
            assertRefused(victim.open(back), "de");

            gatehouse.app().signIn(victim);
            Page page = victim.open(back);

            assertRefused(page, "de");
            assertThat(page.buttons()).contains("Anmeldelink zuschicken");
        }
    }

    @Test
    void aReturnSignsInOnceAndNotAgain() {
        RealmSettings.during(gatehouse.realm(), realm -> realm.setVerifyEmail(false), () -> {
            try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
                App app = gatehouse.app();
                Browser browser = Browser.fresh();
                URI back = callback(
                        Upstream.SHIPPED, Map.of("state", state(away(browser, upstream, app)), "code", "a-code"));
                app.tokens(browser.open(back));

                Page again = browser.open(back);

                assertThat(again.query()).doesNotContainKey("code");
                assertThat(again.isAtStop() ? 400 : again.status()).isBetween(200, 499);
                Browser elsewhere = Browser.speaking("de");
                gatehouse.app().signIn(elsewhere);
                assertRefused(elsewhere.open(back), "de");
            }
        });
    }

    @Test
    void theReturnOfATabThatWasOpenBeforeTheSignOutSignsNobodyIn() {
        RealmSettings.during(gatehouse.realm(), realm -> realm.setVerifyEmail(false), () -> {
            try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
                App app = gatehouse.app();
                Browser browser = Browser.fresh();
                Page old = away(browser, upstream, app);
                App other = gatehouse.app();
                Page tab = away(browser, upstream, other);
                App.Tokens tokens = other.tokens(
                        browser.open(callback(Upstream.SHIPPED, Map.of("state", state(tab), "code", "a-code"))));
                browser.open(gatehouse.issuer() + "/protocol/openid-connect/logout?"
                        + App.encoded(Map.of("id_token_hint", tokens.id())));

                Page page = browser.open(callback(Upstream.SHIPPED, Map.of("state", state(old), "code", "a-code")));

                assertNotDone(page);
                assertThat(page.status()).isBetween(200, 499);
            }
        });
    }

    @Test
    void twoTabsAtATimeBothComeThrough() {
        Person pat = gatehouse.aPerson().create();
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();
            upstream.link(pat, there);
            Browser browser = Browser.fresh();
            App one = gatehouse.app();
            App other = gatehouse.app();
            Page first = one.signIn(browser, Map.of("kc_idp_hint", Upstream.SHIPPED));
            Page second = other.signIn(browser, Map.of("kc_idp_hint", Upstream.SHIPPED));

            assertSignedIn(other, Upstream.signIn(second, there), pat);
            Page end = Upstream.signIn(first, there);

            assertThat(end.status()).as(end.describe()).isBetween(200, 499);
            assertThat(gatehouse.realm().users().get(pat.id()).getFederatedIdentity())
                    .hasSize(1);
        }
    }

    @Test
    void aStateOfAnotherProviderIsNotTaken() {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse);
                Upstream other = Upstream.likeTheShipped(gatehouse)) {
            App app = gatehouse.app();
            Browser browser = Browser.speaking("de");
            Page away = away(browser, upstream, app);

            for (Map<String, String> answer : List.of(Map.of("code", "a-code"), Map.of("error", "access_denied"))) {
                Map<String, String> query = new HashMap<>(answer);
                query.put("state", state(away));
                Page page = browser.open(callback(other.alias(), query));

                assertRefused(page, "de");
                assertThat(page.status()).isEqualTo(400);
                assertThat(page.text()).contains("Ungültiger Request");
            }
            assertThat(gatehouse.events("IDENTITY_PROVIDER_LOGIN_ERROR").get(0).getDetails())
                    .containsEntry("gatehouse_reason", "sent_elsewhere")
                    .containsEntry("identity_provider", other.alias());
            // Whoever starts again and chooses the other one comes through there.
            Page login = gatehouse.app().signIn(browser);
            Page elsewhere = login.link(Upstream.NAME).click();
            assertThat(elsewhere.uri().toString()).startsWith(other.issuer().toString());
        }
    }

    @Test
    void aStateOfAnotherRealmIsNotTaken() {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            Browser browser = Browser.speaking("de");
            Page away = away(browser, upstream, gatehouse.app());

            Page page = browser.open(gatehouse.server().frontend() + "/realms/master/broker/oidc/endpoint?"
                    + App.encoded(Map.of("state", state(away), "code", "a-code")));

            assertNotDone(page);
            assertThat(page.status()).isEqualTo(404);
        }
    }

    @Test
    @AllowedInLog("Unexpected response from token endpoint")
    void aCodeThatTheProviderDoesNotKnowLeadsBackToTheLoginPage() {
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Browser browser = Browser.speaking("de").stoppingAt(upstream.issuer());
            Page away = gatehouse.app().signIn(browser, Map.of("kc_idp_hint", Upstream.SHIPPED));

            Page page = browser.open(callback(Upstream.SHIPPED, Map.of("state", state(away), "code", "not.the.code")));

            assertRefused(page, "de");
            assertThat(page.text()).contains("Die Anmeldung über den anderen Dienst hat nicht geklappt.");
            assertThat(page.buttons()).contains("Anmeldelink zuschicken");
        }
    }

    /**
     * Somebody who knows what a victim types at the provider, and has an account here with a second factor: what she shows
     * for hers opens not the victim's, whose second factor she does not have.
     */
    @ParameterizedTest
    @ValueSource(strings = {"at a later sign-in", "at the first sign-in", "at the first sign-in, finished by hand"})
    void aSecondFactorThatWasShownForOneAccountOpensNoOther(String when) {
        Person mallory = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), mallory);
        Person victim = gatehouse.aPerson().create();
        Totp.of(gatehouse.realm(), victim);
        try (Upstream upstream = Upstream.shipped(gatehouse);
                Upstream other = Upstream.likeTheShipped(gatehouse)) {
            Person victimThere =
                    upstream.aPerson().withAddress(victim.address()).create();
            upstream.link(victim, victimThere);
            Person malloryThere = other.aPerson().withAddress(mallory.address()).create();
            boolean first = !when.equals("at a later sign-in");
            Upstream own = first ? other : upstream;
            Person ownThere = first
                    ? malloryThere
                    : upstream.aPerson().withAddress(mallory.address()).create();
            if (!first) {
                upstream.link(mallory, ownThere);
            }
            App app = gatehouse.app();
            Browser browser = Browser.fresh().stoppingAt(upstream.issuer()).stoppingAt(other.issuer());
            Page otp = returns(browser, app.signIn(browser, Map.of("kc_idp_hint", own.alias())), ownThere);
            if (first) {
                otp = otp.press("Add to existing account").press("Password");
                otp = otp.form().forge("password", mallory.password()).enter();
            }
            // She has shown it, and does not follow where that leads.
            Page shown = browser.requests().post(otp.form().action(), Map.of("otp", totp.code()));
            String query = URI.create(shown.header("Location")).getRawQuery();

            Page page = returns(
                    browser,
                    browser.open(gatehouse.issuer() + "/broker/" + upstream.alias() + "/login?" + query),
                    victimThere);

            assertNotDone(page);
            assertThat(page.form().fields()).as(page.describe()).contains("One-time code");
            if (when.endsWith("by hand")) {
                Page resumed = browser.open(gatehouse.issuer() + "/login-actions/first-broker-login?"
                        + page.uri().getRawQuery());
                assertNotDone(resumed);
            }
            for (String end : List.of("after-first-broker-login", "after-post-broker-login")) {
                Page skipped = browser.open(gatehouse.issuer() + "/broker/" + end + "?"
                        + page.form().action().getRawQuery());
                assertRefused(skipped, "en");
                assertThat(skipped.status()).as(skipped.describe()).isEqualTo(400);
            }
            assertThat(gatehouse.realm().users().get(victim.id()).getUserSessions())
                    .isEmpty();
            assertThat(other.isLinkedWith(victim)).isFalse();
        }
    }

    /** Signs in at the provider on another machine, and takes the way back into {@code browser}. */
    private Page returns(Browser browser, Page away, Person there) {
        assertThat(away.isAtStop()).as(away.describe()).isTrue();
        Browser elsewhere = Browser.fresh().stoppingAt(gatehouse.issuer());
        return browser.open(Upstream.signIn(elsewhere.open(away.uri()), there).uri());
    }
}
