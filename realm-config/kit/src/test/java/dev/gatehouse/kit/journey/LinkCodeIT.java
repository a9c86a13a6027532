// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.EventRepresentation;

import static dev.gatehouse.kit.journey.Alike.assertAlike;
import static org.assertj.core.api.Assertions.assertThat;

/** The code beside the link: for whoever reads the mail elsewhere, and for whoever guesses. */
@ExtendWith(KeycloakServer.class)
class LinkCodeIT {

    private static final String WRONG = "This is not the code";
    private static final String SPENT = "Too many wrong codes";
    private static final String WAITING = "{\"state\":\"waiting\"}";

    private final Gatehouse gatehouse;

    LinkCodeIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    private LinkSignIn asked(Person person) {
        return LinkSignIn.asked(gatehouse, Browser.fresh(), person.address());
    }

    private static void assertSignedIn(LinkSignIn signIn, Page end, Person person) {
        assertThat(signIn.app().tokens(end).claims().get("sub").asText()).isEqualTo(person.id());
    }

    private List<EventRepresentation> events(String type, Person person) {
        return gatehouse.events(type).stream()
                .filter(event -> person.id().equals(event.getUserId()))
                .toList();
    }

    private Stream<String> refusals(Person person) {
        return events("LOGIN_ERROR", person).stream()
                .map(event -> event.getDetails().getOrDefault("gatehouse_reason", ""));
    }

    /** Types wrong codes, each one another, into a page that waits. */
    private static Page guess(Page waiting, String code, int times) {
        Page page = waiting;
        for (int i = 0; i < times; i++) {
            page = LinkSignIn.type(page, LinkSignIn.wrong(code, i));
            assertThat(page.text()).contains(WRONG);
        }
        return page;
    }

    @ParameterizedTest
    @ValueSource(strings = {"as written", "without a space", "with a hyphen", "full-width"})
    void theCodeOfTheMailSignsInHoweverItIsTyped(String manner) {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        String code = signIn.mail().code();
        assertThat(code).matches("\\d{3} \\d{3}");

        Page end = signIn.type(
                switch (manner) {
                    case "as written" -> code;
                    case "without a space" -> code.replace(" ", "");
                    case "with a hyphen" -> "  " + code.replace(' ', '-');
                    default -> fullWidth(code);
                });

        App.Tokens tokens = signIn.app().tokens(end);
        assertThat(tokens.claims().get("sub").asText()).isEqualTo(pat.id());
        assertThat(tokens.claims().get("amr").toString()).isEqualTo("[\"magic-link\"]");
        assertThat(events("LOGIN", pat)).singleElement().satisfies(event -> assertThat(event.getDetails())
                .containsEntry("gatehouse_method", "magic_link")
                .containsEntry("gatehouse_way", "code"));
    }

    private static String fullWidth(String digits) {
        return digits.chars()
                .map(letter -> letter == ' ' ? '\u3000' : letter - '0' + '\uff10')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void aCodeCanHaveEightDigits() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("codeDigits", "8", () -> {
            LinkSignIn signIn = asked(pat);
            String code = signIn.mail().code();

            assertThat(code).matches("\\d{4} \\d{4}");
            assertThat(signIn.waiting().form().fields()).contains("Code (8 digits)");
            Page tooShort = signIn.type("123456");
            assertThat(tooShort.text()).contains("Type the 8 digits of the code");
            assertSignedIn(signIn, LinkSignIn.type(tooShort, code), pat);
        });
    }

    @Test
    void whereTheMailIsReadElsewhereTheLinkSaysToTypeTheCodeWhereItBeganAndThatSignsIn() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        Mail mail = signIn.mail();
        Browser phone = Browser.fresh();

        Page elsewhere = phone.open(mail.link());

        assertThat(elsewhere.text()).contains("type the code from the message");
        assertThat(elsewhere.html()).doesNotContain(mail.code(), mail.code().replace(" ", ""));
        assertSignedIn(signIn, signIn.type(mail.code()), pat);
        assertThat(phone.cookie("KEYCLOAK_IDENTITY")).isEmpty();
    }

    @Test
    void afterTheCodeTheLinkIsDead() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        Mail mail = signIn.mail();
        assertSignedIn(signIn, signIn.type(mail.code()), pat);

        assertThat(signIn.confirmRaw(mail.link()).heading()).isEqualTo("You are signed in already");
        assertThat(Browser.fresh().open(mail.link()).heading()).isEqualTo("This link does not work any more");
        assertThat(events("LOGIN", pat)).hasSize(1);
    }

    @Test
    void afterTheLinkTheCodeIsDead() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        Mail mail = signIn.mail();
        signIn.confirm(mail.link());
        assertSignedIn(signIn, signIn.goOn(), pat);

        assertThat(signIn.type(mail.code()).query())
                .as("of an answer at the app")
                .doesNotContainKey("code");
        LinkSignIn next = asked(pat);
        assertThat(next.type(mail.code()).text()).contains(WRONG);
        assertThat(events("LOGIN", pat)).hasSize(1);
    }

    @Test
    void aNewMailReplacesTheCodeOfTheOlderOne() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("resendAfter", "1s", () -> {
            LinkSignIn signIn = asked(pat);
            String first = signIn.mail().code();

            Page again = resent(signIn.browser(), signIn.continueUrl());
            String second = signIn.mail().code();

            Page older = LinkSignIn.type(again, first);
            assertThat(older.text()).contains(WRONG);
            assertSignedIn(signIn, LinkSignIn.type(older, second), pat);
        });
    }

    /** Asks for a new mail as soon as the page lets one. */
    private static Page resent(Browser browser, URI waiting) {
        return Eventually.get(() -> browser.open(waiting), page -> resendIn(page) == 0)
                .press(LinkSignIn.RESEND);
    }

    private static int resendIn(Page page) {
        String seconds = page.document().select("[data-resend-in]").attr("data-resend-in");
        return seconds.isEmpty() ? 0 : Integer.parseInt(seconds);
    }

    @Test
    void aCodeDoesNothingInAnotherTabOrBrowserThatWaitsForTheSamePerson() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("resendAfter", "1s", () -> {
            LinkSignIn first = asked(pat);
            String code = first.mail().code();
            LinkSignIn elsewhere = asked(pat);
            App app = gatehouse.app();
            Page otherTab = Eventually.get(
                    () -> LinkSignIn.ask(app.signIn(first.browser()), pat.address()),
                    page -> page.heading().equals("Check your mail"));

            assertThat(elsewhere.type(code).text()).contains(WRONG);
            assertThat(LinkSignIn.type(otherTab, code).text()).contains(WRONG);
            assertThat(events("LOGIN", pat)).isEmpty();
            assertSignedIn(first, first.type(code), pat);
        });
    }

    @Test
    void fiveWrongCodesEndTheCodeAndNotTheLink() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        Mail mail = signIn.mail();
        Page page = guess(signIn.waiting(), mail.code(), 5);

        Page refused = LinkSignIn.type(page, mail.code());

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.text()).contains(SPENT).contains("The link still works");
        assertThat(refused.document().select("#code").attr("aria-invalid")).isEqualTo("true");
        assertThat(refusals(pat))
                .containsExactly("code_spent", "wrong_code", "wrong_code", "wrong_code", "wrong_code", "wrong_code");
        signIn.confirm(mail.link());
        assertSignedIn(signIn, refused.press(LinkSignIn.OPENED), pat);
    }

    @Test
    void aRightCodeAfterFourWrongOnesSignsIn() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        String code = signIn.mail().code();

        Page page = guess(signIn.waiting(), code, 4);

        assertSignedIn(signIn, LinkSignIn.type(page, code), pat);
    }

    @Test
    void ofAHundredGuessesAtOnceFiveAreLookedAt() throws Exception {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        Mail mail = signIn.mail();
        URI action = signIn.waiting().form().action();
        ExecutorService all = Executors.newFixedThreadPool(100);
        try {
            List<Callable<Page>> guesses = IntStream.range(0, 100)
                    .<Callable<Page>>mapToObj(i -> () -> signIn.browser()
                            .requests()
                            .post(
                                    action,
                                    Map.of("gatehouseAction", "code", "code", LinkSignIn.wrong(mail.code(), i % 9))))
                    .toList();
            List<Page> answers = new ArrayList<>();
            for (Future<Page> answer : all.invokeAll(guesses)) {
                answers.add(answer.get());
            }
            assertThat(answers).extracting(Page::status).doesNotContain(500);
        } finally {
            all.shutdownNow();
        }
        // Keycloak itself refuses some that come at the same time. What is left of five is taken one by one.
        Page page = signIn.browser().open(signIn.continueUrl());
        for (int i = 0; i < 5; i++) {
            page = LinkSignIn.type(page, LinkSignIn.wrong(mail.code(), i));
        }

        assertThat(LinkSignIn.type(page, mail.code()).text()).contains(SPENT);
        assertThat(refusals(pat).filter("wrong_code"::equals)).hasSize(5);
        assertThat(signIn.status()).isEqualTo(WAITING);
        signIn.confirm(mail.link());
        assertSignedIn(signIn, signIn.browser().open(signIn.continueUrl()), pat);
    }

    /** All five tries of four codes each, and the fifth mail's code, for somebody and for nobody. */
    @Test
    void askingAgainElsewhereGivesAnAccountNoMoreTriesThanTwentyAnHour() {
        Person pat = gatehouse.aPerson().create();
        String nobody = nobody();
        for (int round = 0; round < 4; round++) {
            LinkSignIn signIn = asked(pat);
            LinkSignIn vain = LinkSignIn.asked(gatehouse, Browser.fresh(), nobody);
            Page page = guess(signIn.waiting(), signIn.mail().code(), 5);
            Page vainly = guess(vain.waiting(), "000 000", 5);
            assertAlike(vainly, nobody, page, pat.address());
        }
        LinkSignIn last = asked(pat);
        Mail mail = last.mail();
        LinkSignIn lastVain = LinkSignIn.asked(gatehouse, Browser.fresh(), nobody);

        Page refused = last.type(mail.code());
        assertThat(refused.text()).contains(WRONG);
        assertAlike(lastVain.type("000 000"), nobody, refused, pat.address());
        assertThat(refusals(pat).findFirst()).contains("code_limited");

        Person other = gatehouse.aPerson().create();
        LinkSignIn others = asked(other);
        assertSignedIn(others, others.type(others.mail().code()), other);
        last.confirm(mail.link());
        assertSignedIn(last, refused.press(LinkSignIn.OPENED), pat);
    }

    private static String nobody() {
        return "nobody-" + System.nanoTime() + "@people.example";
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "disabled", "unverified", "throttled"})
    void whoGetsNoCodeHasAsManyTriesAndTheSameAnswers(String kind) {
        String address =
                switch (kind) {
                    case "unknown" -> nobody();
                    case "disabled" -> gatehouse.aPerson().disabled().create().address();
                    case "unverified" ->
                        gatehouse.aPerson().withUnverifiedAddress().create().address();
                    default -> gatehouse.aPerson().create().address();
                };
        Person known = gatehouse.aPerson().create();
        String limit = kind.equals("throttled") ? "1/1h" : "5/1h";
        gatehouse.attributes().during(Map.of("gatehouse.limits.send.name", limit), () -> {
            if (kind.equals("throttled")) {
                LinkSignIn.asked(gatehouse, Browser.fresh(), address).mail();
            }
            LinkSignIn good = asked(known);
            LinkSignIn other = LinkSignIn.asked(gatehouse, Browser.fresh(), address);
            String code = good.mail().code();
            assertAlike(other.waiting(), address, good.waiting(), known.address());
            Page goodPage = good.waiting();
            Page otherPage = other.waiting();
            for (int i = 0; i < 7; i++) {
                goodPage = LinkSignIn.type(goodPage, LinkSignIn.wrong(code, i));
                otherPage = LinkSignIn.type(otherPage, LinkSignIn.wrong(code, i));
                assertThat(goodPage.text()).contains(i < 5 ? WRONG : SPENT);
                assertAlike(otherPage, address, goodPage, known.address());
            }
            assertAlike(other.statusFor(other.browser()), address, good.statusFor(good.browser()), known.address());
        });
    }

    @Test
    void aTemporaryLockShutsTheCodeAsIfItWereWrongAndLeavesTheLink() {
        Person pat = gatehouse.aPerson().create();
        RealmSettings.during(gatehouse.realm(), realm -> realm.setFailureFactor(2), () -> {
            LinkSignIn signIn = asked(pat);
            Mail mail = signIn.mail();
            Page wrong = signIn.type(LinkSignIn.wrong(mail.code(), 0));
            Guesser guesser = new Guesser(gatehouse, Network.next());
            for (int i = 0; i < 3; i++) {
                guesser.guess(pat.username(), Guesser.WRONG);
            }
            assertThat(Eventually.get(() -> bruteForce(pat, "disabled"), Boolean.TRUE::equals))
                    .isEqualTo(true);

            Page shut = LinkSignIn.type(wrong, mail.code());

            assertAlike(shut, pat.address(), wrong, pat.address());
            assertThat(refusals(pat)).contains("locked");
            signIn.confirm(mail.link());
            assertSignedIn(signIn, shut.press(LinkSignIn.OPENED), pat);
        });
    }

    private Object bruteForce(Person person, String what) {
        return gatehouse
                .realm()
                .attackDetection()
                .bruteForceUserStatus(person.id())
                .getOrDefault(what, "");
    }

    @Test
    void wrongCodesDoNotLockTheAccount() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        Mail mail = signIn.mail();
        Page page = guess(signIn.waiting(), mail.code(), 5);
        LinkSignIn.type(page, mail.code());
        // The server counts failures on another thread, one after the other: once this one is counted, so are all
        // before.
        new Guesser(gatehouse, Network.next()).guess(pat.username(), Guesser.WRONG);

        assertThat(Eventually.get(() -> bruteForce(pat, "numFailures"), count -> !count.equals(0)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatehouse.limits.mode", "gatehouse.limits.allow"})
    void noSwitchOfTheLimitsGivesMoreTries(String attribute) {
        Person pat = gatehouse.aPerson().create();
        String address = Network.next();
        String value = attribute.endsWith("mode") ? "off" : address;
        gatehouse.attributes().during(Map.of(attribute, value), () -> {
            LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh().from(address), pat.address());
            String code = signIn.mail().code();

            Page page = guess(signIn.waiting(), code, 5);

            assertThat(LinkSignIn.type(page, code).text()).contains(SPENT);
        });
    }

    @Test
    void aCodeIsInNoEventLogOrPage() throws IOException {
        Person pat = gatehouse.aPerson().create();
        StringBuilder seen = new StringBuilder();
        StringBuilder codes = new StringBuilder();
        gatehouse.linkStep().during("codeDigits", "8", () -> {
            LinkSignIn signIn = asked(pat);
            Mail mail = signIn.mail();
            codes.append(mail.code());
            Page wrong = signIn.type(LinkSignIn.wrong(mail.code(), 0));
            seen.append(signIn.waiting().html())
                    .append(wrong.html())
                    .append(signIn.browser().open(mail.link()).html())
                    .append(signIn.status());
            Page end = LinkSignIn.type(wrong, mail.code());
            assertSignedIn(signIn, end, pat);
            seen.append(end.hops());
        });
        gatehouse.realm().getEvents().stream()
                .filter(event -> pat.id().equals(event.getUserId()))
                .forEach(event -> seen.append(event.getType()).append(event.getDetails()));
        gatehouse.realm().getAdminEvents().forEach(event -> seen.append(event.getRepresentation()));
        seen.append(Files.readString(gatehouse.server().log()));

        assertThat(seen).contains("LOGIN_ERROR", "SEND_VERIFY_EMAIL", "EXECUTE_ACTION_TOKEN");
        assertThat(seen.toString())
                .doesNotContain(codes.toString(), codes.toString().replace(" ", ""));
    }

    @Test
    void anExpiredCodeIsRefused() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("lifetime", "10s", () -> {
            LinkSignIn signIn = asked(pat);
            String code = signIn.mail().code();
            Eventually.get(signIn::status, status -> !status.equals(WAITING));

            Page late = signIn.type(code);

            assertThat(late.isAtStop()).isFalse();
            assertThat(late.text()).contains("The link is no longer valid");
            assertThat(late.document().select("#code")).isEmpty();
            assertThat(events("LOGIN", pat)).isEmpty();
            assertThat(refusals(pat)).contains("expired");
        });
    }

    @Test
    void aCodeThatIsTypedBeforeTheMailCameIsWrongAndTheMailIsAsGoodAsEver() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.mail().answerAfter(Duration.ofSeconds(3));
        try {
            LinkSignIn signIn = asked(pat);

            Page early = signIn.type("123456");
            String code = signIn.mail().code();

            // One in a million times it is the code.
            assertThat(early.text()).contains(WRONG);
            assertSignedIn(signIn, LinkSignIn.type(early, code), pat);
        } finally {
            gatehouse.mail().answerAfter(Duration.ZERO);
        }
    }

    @Test
    void whatCannotBeACodeCostsNoTry() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        String code = signIn.mail().code();
        Page page = signIn.waiting();
        for (String typed : List.of(
                "",
                " ",
                "12345",
                "1234567",
                "12345678",
                "code",
                "12 34 5x",
                "-123456789",
                "1e5",
                "\u0000",
                "9".repeat(5000),
                "<script>alert(1)</script>",
                "${7*7}")) {
            page = LinkSignIn.type(page, typed);

            assertThat(page.status()).as(typed).isEqualTo(200);
            assertThat(page.text()).as(typed).contains("Type the 6 digits of the code");
            assertThat(page.html()).doesNotContain("<script>alert(1)");
        }

        assertSignedIn(signIn, LinkSignIn.type(page, code), pat);
    }

    @Test
    void aCodeThatIsPostedWithoutTheCookiesOfTheAskingBrowserSignsNobodyIn() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        String code = signIn.mail().code();
        Map<String, String> entry = Map.of("gatehouseAction", "code", "code", code);
        URI action = signIn.waiting().form().action();
        Browser stranger = Browser.fresh().stoppingAt(App.CALLBACK);
        Browser withTheLogin = Browser.fresh().stoppingAt(App.CALLBACK);
        withTheLogin.plant(signIn.browser().cookie("AUTH_SESSION_ID").orElseThrow());

        assertThat(stranger.post(action, entry).isAtStop()).isFalse();
        Page posted = withTheLogin.post(action, entry);

        assertThat(posted.isAtStop()).as("with Keycloak's cookie, without ours").isFalse();
        assertThat(events("LOGIN", pat)).isEmpty();
        assertThat(gatehouse.events("LOGIN_ERROR"))
                .anyMatch(event -> "other_browser".equals(event.getDetails().get("gatehouse_reason")));
        assertSignedIn(signIn, LinkSignIn.type(signIn.browser().open(signIn.continueUrl()), code), pat);
    }

    @Test
    void theWaitForAnotherMailDoublesTwiceAndThePageTellsItWithoutAScript() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn standard = asked(gatehouse.aPerson().create());
        assertThat(resendIn(standard.waiting())).isBetween(25, 30);
        gatehouse.linkStep().during("resendAfter", "2s", () -> {
            LinkSignIn signIn = asked(pat);
            Page page = signIn.waiting();
            for (int wait : List.of(2, 4)) {
                signIn.mail();
                int told = resendIn(page);
                assertThat(told).isBetween(wait - 1, wait);
                assertThat(page.text())
                        .contains("You can ask for a new link in " + (told == 1 ? "one second" : told + " seconds"));
                page = page.press(LinkSignIn.RESEND);
                gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofMillis(300));
                page = resent(signIn.browser(), signIn.continueUrl());
            }
            assertThat(resendIn(page)).isBetween(7, 8);
            assertSignedIn(signIn, LinkSignIn.type(page, signIn.mail().code()), pat);
        });
    }

    @Test
    void theCountdownKnowsHowManyMailsAnAddressGetsInAnHour() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.attributes().during(Map.of("gatehouse.limits.send.name", "2/1h"), () -> gatehouse
                .linkStep()
                .during("resendAfter", "1s", () -> {
                    LinkSignIn signIn = asked(pat);
                    signIn.mail();
                    Page second = resent(signIn.browser(), signIn.continueUrl());
                    Mail mail = signIn.mail();

                    assertThat(resendIn(second)).isBetween(3500, 3600);
                    assertThat(second.text()).containsPattern("You can ask for a new link in (59|60) minutes");
                    Page third = second.press(LinkSignIn.RESEND);
                    gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofSeconds(2));
                    assertSignedIn(signIn, LinkSignIn.type(third, mail.code()), pat);
                }));
    }

    @Test
    void oneBrowsersWaitIsNotAnothers() {
        Person pat = gatehouse.aPerson().create();
        asked(pat).mail();

        LinkSignIn elsewhere = asked(pat);

        assertSignedIn(elsewhere, elsewhere.type(elsewhere.mail().code()), pat);
    }

    @Test
    void neitherAReloadNorGoingBackNorAnotherLanguageNorAWrongCodeSendsAMail() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("resendAfter", "1s", () -> {
            Browser browser = Browser.fresh();
            App app = gatehouse.app();
            Page login = app.signIn(browser);
            LinkSignIn signIn =
                    LinkSignIn.at(gatehouse, app, browser, LinkSignIn.ask(login, pat.address()), pat.address());
            String code = signIn.mail().code();
            Eventually.get(() -> browser.open(signIn.continueUrl()), page -> resendIn(page) == 0);

            login.reload();
            LinkSignIn.ask(login, pat.address());
            signIn.waiting().reload();
            browser.open(URI.create(signIn.continueUrl() + "&kc_locale=de"));
            Page wrong = LinkSignIn.type(
                    browser.open(URI.create(signIn.continueUrl() + "&kc_locale=en")), LinkSignIn.wrong(code, 0));

            assertThat(wrong.text()).contains(WRONG);
            gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofSeconds(2));
            assertSignedIn(signIn, LinkSignIn.type(wrong, code), pat);
        });
    }
}
