// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

import static dev.gatehouse.kit.journey.Alike.assertAlike;
import static org.assertj.core.api.Assertions.assertThat;

/** What a link must not do, whoever tries. */
@ExtendWith(KeycloakServer.class)
class LinkAttackIT {

    private static final String DEAD = "This link does not work any more";

    private final Gatehouse gatehouse;

    LinkAttackIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    private LinkSignIn asked(Person person) {
        return LinkSignIn.asked(gatehouse, Browser.fresh(), person.address());
    }

    private void assertSignsIn(LinkSignIn signIn, Person person) {
        assertThat(signIn.app().tokens(signIn.goOn()).claims().get("sub").asText())
                .isEqualTo(person.id());
    }

    @Test
    void aScannerThatOpensTheLinkAndPressesEveryButtonChangesNothing() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();

        List<Page> seen = Browser.scanner().visit(link);
        Page posted = Browser.fresh().requests().post(LinkSignIn.withoutToken(link), LinkSignIn.redemption(link));

        assertThat(seen).extracting(Page::status).doesNotContain(500);
        assertThat(posted.status()).isEqualTo(400);
        assertThat(signIn.status()).isEqualTo("{\"state\":\"waiting\"}");
        signIn.confirm(link);
        assertSignsIn(signIn, pat);
    }

    @Test
    void openingTheLinkAnyNumberOfTimesInTheRightBrowserChangesNothingEither() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();

        for (int i = 0; i < 5; i++) {
            assertThat(signIn.browser().open(link).heading()).isEqualTo("Sign in?");
            assertThat(signIn.browser().requests().head(link).status()).isEqualTo(200);
            signIn.browser().requests().with("Purpose", "prefetch").get(link);
        }

        assertThat(signIn.status()).isEqualTo("{\"state\":\"waiting\"}");
    }

    @Test
    void inAnotherBrowserTheLinkSignsNobodyInNeitherThereNorHere() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();
        Browser phone = Browser.fresh();

        Page page = phone.open(link);

        assertThat(page.heading()).isEqualTo("Wrong browser");
        assertThat(page.buttons()).doesNotContain(LinkSignIn.CONFIRM);
        assertThat(page.html())
                .doesNotContain(pat.address())
                .doesNotContain(LinkSignIn.token(link))
                .doesNotContain("client_data", "tab_id");
        phone.post(LinkSignIn.withoutToken(link), LinkSignIn.redemption(link));
        assertThat(signIn.goOn().heading()).isEqualTo("Check your mail");
        assertThat(phone.cookie("KEYCLOAK_IDENTITY")).isEmpty();
    }

    @Test
    void aBrowserWithALoginOfItsOwnIsStillAnotherBrowser() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();
        Browser attacker = Browser.fresh();
        gatehouse.app().signIn(attacker);

        Page posted = attacker.post(LinkSignIn.withoutToken(link), LinkSignIn.redemption(link));

        assertThat(posted.heading()).isEqualTo("Wrong browser");
        assertThat(signIn.status()).isEqualTo("{\"state\":\"waiting\"}");
    }

    @Test
    void aForeignTokenPostedFromTheVictimsBrowserSignsTheVictimInToNothing() {
        Person attacker = gatehouse.aPerson().create();
        LinkSignIn attackers = asked(attacker);
        URI attackersLink = attackers.link();
        Person victim = gatehouse.aPerson().create();
        LinkSignIn victims = asked(victim);

        Page forged = victims.browser()
                .onForeignPage("https://evil.example")
                .submit(LinkSignIn.withoutToken(attackersLink), LinkSignIn.redemption(attackersLink));

        assertThat(forged.heading()).isEqualTo("Wrong browser");
        assertThat(victims.status()).isEqualTo("{\"state\":\"waiting\"}");
        assertThat(victims.goOn().heading()).isEqualTo("Check your mail");
        assertThat(victims.browser().cookie("KEYCLOAK_IDENTITY")).isEmpty();
        assertThat(attackers.status()).isEqualTo("{\"state\":\"waiting\"}");
    }

    @Test
    void aLinkWorksOnce() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();
        signIn.confirm(link);

        Page second = signIn.confirmRaw(link);
        assertThat(second.heading()).isEqualTo(DEAD);
        assertSignsIn(signIn, pat);

        Page afterwards = signIn.confirmRaw(link);
        assertThat(afterwards.heading()).isEqualTo("You are signed in already");
        assertThat(Browser.fresh().open(link).heading()).isEqualTo(DEAD);
        assertThat(signIn.browser().open(signIn.continueUrl()).isAtStop())
                .as("the address that finished the sign-in finishes nothing twice")
                .isTrue();
    }

    @Test
    void ofTwentyParallelRedemptionsOneSignsIn() throws Exception {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();

        List<Page> answers = inParallel(
                20, () -> signIn.browser().requests().post(LinkSignIn.withoutToken(link), LinkSignIn.redemption(link)));

        assertThat(answers.stream().filter(page -> page.status() == 303)).hasSize(1);
        assertThat(answers.stream().filter(page -> page.status() == 400)).hasSize(19);
        // Keycloak may answer several requests of one tab at a time; all of them belong to the one session.
        inParallel(20, () -> signIn.browser().requests().get(signIn.continueUrl()));
        assertThat(gatehouse.realm().users().get(pat.id()).getUserSessions()).hasSize(1);
    }

    @Test
    void anExpiredLinkIsRefusedAndOffersToStartAgain() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("lifetime", "10s", () -> {
            LinkSignIn signIn = asked(pat);
            URI link = signIn.link();
            assertThat(signIn.browser().open(link).heading()).isEqualTo("Sign in?");

            Page late = Eventually.get(
                    () -> signIn.browser().open(link), page -> !page.heading().equals("Sign in?"));

            assertThat(late.heading()).isEqualTo("That took too long");
            assertThat(late.status()).isEqualTo(400);
            assertThat(late.link("Start again").click().text()).contains("The link is no longer valid");
            Page posted = signIn.confirmRaw(link);
            assertThat(posted.heading()).isEqualTo("That took too long");
            assertThat(signIn.status()).isEqualTo("{\"state\":\"expired\"}");
            assertThat(signIn.goOn().text()).contains("The link is no longer valid");
        });
    }

    @Test
    void anUnknownAddressLooksAndPollsLikeAKnownOneAndGetsNoMail() {
        assertLooksLikeAKnownAddress("nobody-" + System.nanoTime() + "@people.example");
    }

    @Test
    void aDisabledAccountLooksLikeAKnownOneAndGetsNoMail() {
        assertLooksLikeAKnownAddress(gatehouse.aPerson().disabled().create().address());
    }

    @Test
    void anAccountWithAnUnverifiedAddressGetsAMailWithoutALinkAndLooksLikeAnyOther() {
        Person pat = gatehouse.aPerson().withUnverifiedAddress().create();
        LinkSignIn signIn = asked(pat);

        var mail = gatehouse.mail().inbox(pat.address()).next();

        assertThat(mail.subject()).isEqualTo("About your sign-in to Gatehouse");
        assertThat(mail.text()).doesNotContain("gatehouse-magic-link");
        assertThat(signIn.status()).isEqualTo("{\"state\":\"waiting\"}");
    }

    @Test
    void whereTheStepAllowsItALinkVerifiesTheAddressIfItIsUsed() {
        Person pat = gatehouse.aPerson().withUnverifiedAddress().create();
        gatehouse.linkStep().during("allowUnverified", "true", () -> {
            LinkSignIn signIn = asked(pat);
            URI link = signIn.link();
            assertThat(account(pat).isEmailVerified()).isFalse();
            signIn.confirm(link);
            assertSignsIn(signIn, pat);
        });
        assertThat(account(pat).isEmailVerified()).isTrue();
    }

    private void assertLooksLikeAKnownAddress(String address) {
        Person known = gatehouse.aPerson().create();
        LinkSignIn good = asked(known);
        LinkSignIn other = LinkSignIn.asked(gatehouse, Browser.fresh(), address);

        assertAlike(other.waiting(), address, good.waiting(), known.address());
        for (int i = 0; i < 3; i++) {
            assertAlike(other.statusFor(other.browser()), address, good.statusFor(good.browser()), known.address());
        }
        assertAlike(other.goOn(), address, good.goOn(), known.address());
        gatehouse.mail().inbox(address).assertNoMailWithin(Duration.ofSeconds(2));
    }

    @Test
    void textThatIsNoAddressIsToldAtTheField() {
        for (String typed :
                List.of("", " ", "pat", "a@b@c.example", "\"a b\"@c.example", "a@c.example\r\nBcc: x@y.z")) {
            Page again = LinkSignIn.ask(gatehouse.app().signIn(Browser.fresh()), typed);

            assertThat(again.text()).as(typed).contains("Enter an email address");
            assertThat(again.document().select("#email").attr("aria-invalid")).isEqualTo("true");
        }
    }

    @Test
    void scriptsInAnAddressAreTextOnThePage() {
        Page waiting = LinkSignIn.ask(
                gatehouse.app().signIn(Browser.fresh(), Map.of("login_hint", "<script>alert(1)</script>")), "x@y.z");

        assertThat(waiting.html()).doesNotContain("<script>alert(1)");
        Page address = gatehouse.app().signIn(Browser.fresh(), Map.of("login_hint", "\"><script>alert(1)</script>"));
        assertThat(address.html()).doesNotContain("<script>alert(1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "address", "no-address", "delete", "unverify"})
    void whatHappensToTheAccountBeforeTheLinkIsConfirmedCounts(String change) {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();

        change(pat, change);

        assertThat(signIn.confirm(link).heading()).isEqualTo(DEAD);
        assertThat(signIn.goOn().heading()).isEqualTo("Check your mail");
        if (!change.equals("delete")) {
            assertThat(account(pat).isEmailVerified()).isEqualTo(!change.equals("unverify"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "address", "no-address", "delete", "unverify"})
    void whatHappensToTheAccountBeforeTheTabGoesOnCounts(String change) {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        signIn.confirm(signIn.link());

        change(pat, change);
        Page end = signIn.goOn();

        assertThat(end.isAtStop()).isFalse();
        assertThat(end.heading()).isEqualTo("Sign in");
        assertThat(logins(pat)).isEmpty();
    }

    private void change(Person pat, String change) {
        if (change.equals("delete")) {
            gatehouse.realm().users().get(pat.id()).remove();
            return;
        }
        UserRepresentation user = account(pat);
        switch (change) {
            case "disable" -> user.setEnabled(false);
            case "address" -> user.setEmail("new-" + user.getEmail());
            case "no-address" -> user.setEmail("");
            default -> user.setEmailVerified(false);
        }
        gatehouse.realm().users().get(pat.id()).update(user);
    }

    @Test
    void anApprovalIsVoidOnceTheTabWaitsForSomethingElse() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();

        Page address = signIn.waiting().press("Use another address");

        assertThat(address.heading()).isEqualTo("Sign in");
        assertThat(signIn.browser().open(link).heading()).isEqualTo(DEAD);
        assertThat(signIn.confirmRaw(link).heading()).isEqualTo(DEAD);
        assertThat(address.reload().isAtStop()).isFalse();
    }

    @Test
    void turningToAnotherAddressVoidsEvenAConfirmedLink() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        signIn.confirm(signIn.link());

        Page address = signIn.waiting().press("Use another address");

        assertThat(address.heading()).isEqualTo("Sign in");
        assertThat(signIn.status()).isEqualTo("{\"state\":\"gone\"}");
        assertThat(signIn.browser().open(signIn.continueUrl()).isAtStop()).isFalse();
        assertThat(logins(pat)).isEmpty();
    }

    @Test
    void startingTheLoginAgainVoidsTheLink() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();

        signIn.browser().open(URI.create(signIn.continueUrl().toString().replace("/authenticate?", "/restart?")));

        assertThat(signIn.confirmRaw(link).status()).isEqualTo(400);
        assertThat(logins(pat)).isEmpty();
    }

    @Test
    void aLinkOfOneTabDoesNothingForAnotherTabOfTheSameBrowser() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("resendAfter", "1s", () -> {
            LinkSignIn first = asked(pat);
            URI link = first.link();
            App otherApp = gatehouse.app();
            Page second = Eventually.get(
                    () -> LinkSignIn.ask(otherApp.signIn(first.browser()), "someone-else@people.example"),
                    page -> page.heading().equals("Check your mail"));

            first.confirm(link);

            assertThat(second.press(LinkSignIn.OPENED).heading()).isEqualTo("Check your mail");
            assertSignsIn(first, pat);
        });
    }

    @Test
    void aSecondTabThatAsksTooSoonIsToldToWait() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn first = asked(pat);
        gatehouse.mail().inbox(pat.address()).next();

        Page second = LinkSignIn.ask(gatehouse.app().signIn(first.browser()), pat.address());

        assertThat(second.heading()).isEqualTo("Sign in");
        assertThat(second.text()).contains("Please wait 30 seconds");
        gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofSeconds(2));
    }

    @Test
    void pollingTellsNothingToAnotherBrowser() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        signIn.confirm(signIn.link());

        assertThat(signIn.statusFor(Browser.fresh()).html()).isEqualTo("{\"state\":\"gone\"}");
        Browser other = Browser.fresh();
        gatehouse.app().signIn(other);
        assertThat(signIn.statusFor(other).html()).isEqualTo("{\"state\":\"gone\"}");
        assertThat(other.open(signIn.continueUrl()).isAtStop()).isFalse();
        for (int i = 0; i < 50; i++) {
            signIn.status();
        }
        assertSignsIn(signIn, pat);
    }

    @Test
    void theHostOfARequestDoesNotDecideWhereTheLinkLeads() {
        Person pat = gatehouse.aPerson().create();
        Browser browser = Browser.fresh();
        Page login = gatehouse.app().signIn(browser);

        browser.requests()
                .with("X-Forwarded-Host", "evil.example")
                .with("Forwarded", "host=evil.example")
                .with("X-Forwarded-Proto", "https")
                .post(login.form().action(), Map.of("gatehouseAction", "send", "email", pat.address()));

        assertThat(gatehouse.mail().inbox(pat.address()).next().link().toString())
                .startsWith(gatehouse.issuer().toString());
    }

    @Test
    void aTemporaryLockDoesNotShutTheLinkAndTheLinkEndsIt() {
        Person pat = gatehouse.aPerson().create();
        lock(pat);

        LinkSignIn signIn = asked(pat);
        signIn.confirm(signIn.link());

        assertSignsIn(signIn, pat);
        assertThat(locked(pat)).isFalse();
    }

    @Test
    void wherePolicyWantsItATemporaryLockShutsTheLinkToo() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn before = asked(pat);
        URI link = before.link();
        lock(pat);
        gatehouse.linkStep().during("openDuringTemporaryLock", "false", () -> {
            assertThat(before.confirm(link).heading()).isEqualTo(DEAD);
            assertLooksLikeAKnownAddress(pat.address());
        });
    }

    /** Somebody guesses at the password until Keycloak locks the account for a while. */
    private void lock(Person pat) {
        for (int i = 0; i < 31; i++) {
            gatehouse
                    .app()
                    .signIn(Browser.fresh())
                    .press("Username and password")
                    .form()
                    .forge("username", pat.username())
                    .forge("password", "wrong")
                    .enter();
        }
        assertThat(Eventually.get(() -> locked(pat), yes -> yes)).isTrue();
    }

    private boolean locked(Person pat) {
        return Boolean.TRUE.equals(gatehouse
                .realm()
                .attackDetection()
                .bruteForceUserStatus(pat.id())
                .get("disabled"));
    }

    @Test
    @AllowedInLog("refuses to work: lifetime is \"soon\" but must be a time from 10s to 1h")
    void aWrongSettingClosesTheStepSaysSoToTheOperatorOnlyAndLeavesThePassword() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("lifetime", "soon", () -> {
            App app = gatehouse.app();
            Page page = app.signIn(Browser.fresh());

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).doesNotContain("Email me a sign-in link", "soon", "lifetime");
            Page callback = page.form()
                    .forge("username", pat.username())
                    .forge("password", pat.password())
                    .enter();
            assertThat(app.tokens(callback).claims().get("sub").asText()).isEqualTo(pat.id());
        });
    }

    @Test
    void whoPlantsALoginInTheVictimsBrowserDoesNotShareWhatIsConfirmedInIt() {
        Person victim = gatehouse.aPerson().create();
        Browser attacker = Browser.fresh();
        App app = gatehouse.app();
        Page attackersTab = app.signIn(attacker);
        Browser victimsBrowser = Browser.fresh();
        victimsBrowser.plant(attacker.cookie("AUTH_SESSION_ID").orElseThrow());

        Page seen = victimsBrowser
                .stoppingAt(App.CALLBACK)
                .open(attackersTab.form().action().toString().replaceAll("session_code=[^&]*&?", ""));
        Page waiting = LinkSignIn.ask(seen, victim.address());
        assertThat(waiting.heading()).isEqualTo("Check your mail");
        URI link = gatehouse.mail().inbox(victim.address()).next().link();
        URI address =
                URI.create(waiting.document().select("[data-continue-url]").attr("data-continue-url"));

        assertThat(attacker.open(link).heading()).isEqualTo("Wrong browser");
        victimsBrowser.open(link).press(LinkSignIn.CONFIRM);
        assertThat(attacker.stoppingAt(App.CALLBACK).open(address).isAtStop())
                .as("the attacker, with the same login cookie")
                .isFalse();
        assertThat(logins(victim)).isEmpty();
        assertThat(victimsBrowser.open(address).isAtStop()).isTrue();
    }

    @Test
    void whoIsSignedInAsSomebodyElseIsToldAndKeepsTheLink() {
        Person pat = gatehouse.aPerson().create();
        Person other = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();
        App app = gatehouse.app();
        app.signIn(signIn.browser())
                .press("Username and password")
                .form()
                .forge("username", other.username())
                .forge("password", other.password())
                .enter();

        assertThat(signIn.browser().open(link).heading()).isEqualTo("You are signed in already");
        assertThat(signIn.confirmRaw(link).heading()).isEqualTo("You are signed in already");
        assertThat(logins(pat)).isEmpty();
    }

    @Test
    void whoReadsTheMailboxDoesNotGuessAtTheSecondFactorWithoutEnd() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn first = asked(pat);
        first.confirm(first.link());
        first.app().tokens(first.goOn());
        Totp.of(gatehouse.realm(), pat);
        gatehouse.linkStep().during("resendAfter", "1s", () -> {
            for (int round = 1; round <= 2; round++) {
                App app = gatehouse.app();
                Page waiting = Eventually.get(
                        () -> app.signIn(first.browser(), Map.of("prompt", "login"))
                                .press("Email me a sign-in link"),
                        page -> page.heading().equals("Check your mail"));
                first.browser()
                        .open(gatehouse.mail().inbox(pat.address()).next().link())
                        .press(LinkSignIn.CONFIRM);
                Page otp = waiting.press(LinkSignIn.OPENED);
                assertThat(failures(pat))
                        .as("wrong codes that the link of round " + round + " leaves counted")
                        .isEqualTo(3 * (round - 1));
                for (int guess = 1; guess <= 3; guess++) {
                    otp = otp.form().forge("otp", "000000").enter();
                    // The server counts on another thread: each guess is counted before the next one is made.
                    int expected = 3 * (round - 1) + guess;
                    assertThat(Eventually.get(() -> failures(pat), count -> count >= expected))
                            .as("wrong codes counted in round " + round)
                            .isEqualTo(expected);
                }
            }
        });
    }

    private int failures(Person pat) {
        return ((Number) gatehouse
                        .realm()
                        .attackDetection()
                        .bruteForceUserStatus(pat.id())
                        .getOrDefault("numFailures", 0))
                .intValue();
    }

    @Test
    void aLanguageThatIsNoneIsIgnored() {
        Page page = Browser.fresh().open(gatehouse.issuer() + "/gatehouse-magic-link/open?t=x&kc_locale=de%0d%0aX:1");

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.heading()).isEqualTo(DEAD);
    }

    @Test
    void gibberishAtTheLinksAddressesIsRefusedPolitely() {
        String base = gatehouse.issuer() + "/gatehouse-magic-link/";
        for (String path : List.of(
                "open",
                "open?t=",
                "open?t=x",
                "open?t=" + "A".repeat(43),
                "open?t=" + "A".repeat(5000),
                "open?t=%00%ff",
                "open?t=a&t=b",
                "confirmed",
                "confirmed?client_id=x&tab_id=y",
                "status?client_id=gatehouse-app",
                "status")) {
            Page page = Browser.fresh().open(base + path);
            assertThat(page.status()).as(path).isIn(200, 400);
            assertThat(page.html()).as(path).doesNotContain("Exception");
        }
        assertThat(Browser.fresh().open(base + "nothing").status()).isEqualTo(404);
    }

    @Test
    void aRefusalIsPreciseInTheAuditLogAndOpaqueOutside() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        URI link = signIn.link();
        change(pat, "disable");

        signIn.confirm(link);
        Browser.fresh().post(LinkSignIn.withoutToken(link), LinkSignIn.redemption(link));

        List<String> reasons = gatehouse.events("LOGIN_ERROR").stream()
                .filter(event -> pat.id().equals(event.getUserId()))
                .map(event -> event.getDetails().get("gatehouse_reason"))
                .toList();
        assertThat(reasons).contains("disabled");
    }

    private UserRepresentation account(Person pat) {
        return gatehouse.realm().users().get(pat.id()).toRepresentation();
    }

    private List<EventRepresentation> logins(Person pat) {
        return gatehouse.events("LOGIN").stream()
                .filter(event -> pat.id().equals(event.getUserId()))
                .toList();
    }

    private static <T> List<T> inParallel(int times, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(java.util.Collections.nCopies(times, work))) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
