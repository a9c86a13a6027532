// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

import static dev.gatehouse.kit.journey.Alike.assertAlike;
import static dev.gatehouse.kit.journey.Outcome.assertNotDone;
import static dev.gatehouse.kit.journey.Outcome.assertSignedIn;
import static org.assertj.core.api.Assertions.assertThat;

/** The step where it can stand in a flow. Wherever it stands, nobody is signed in before the flow is at its end. */
@ExtendWith(KeycloakServer.class)
class LinkPlacesIT {

    private static final String STEP = "gatehouse-magic-link";
    private static final String IDENTIFIER = "gatehouse-username-form";
    private static final String SEND = "Email me a sign-in link";

    private final Gatehouse gatehouse;

    LinkPlacesIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    private void inFlow(Consumer<Flow> steps, Consumer<OwnApp> journey) {
        try (OwnApp own = OwnApp.with(gatehouse, steps)) {
            journey.accept(own);
        }
    }

    private static Page name(Page page, String name) {
        return page.form().forge("username", name).enter();
    }

    /** Somebody whom the flow knows already asks for a mail; {@code person} is whose mailbox is looked into. */
    private LinkSignIn sent(App app, Browser browser, Page page, Person person) {
        assertNotDone(page);
        assertThat(page.document().select("#email"))
                .as("a field on " + page.describe())
                .isEmpty();
        LinkSignIn signIn = LinkSignIn.at(gatehouse, app, browser, page.press(SEND), person.address());
        assertNotDone(signIn.waiting());
        return signIn;
    }

    private boolean isSignedIn(Person person) {
        return !gatehouse.realm().users().get(person.id()).getUserSessions().isEmpty();
    }

    @Test
    void aloneAsTheWholeFlowOfTheRealm() {
        Person pat = gatehouse.aPerson().create();
        Flow flow = Flow.create(gatehouse.realm(), it -> it.required(STEP));
        try {
            RealmSettings.during(gatehouse.realm(), realm -> realm.setBrowserFlow(flow.alias()), () -> {
                LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
                assertThat(signIn.waiting().text()).doesNotContain("Username and password");
                Mail mail = signIn.mail();
                assertThat(signIn.confirm(mail.link()).heading()).isEqualTo("Confirmed");
                assertSignedIn(signIn.app(), signIn.goOn(), pat);

                LinkSignIn again = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
                assertSignedIn(again.app(), again.type(again.mail().code()), pat);
            });
        } finally {
            flow.remove();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "address", "nobody", "disabled"})
    void afterOurIdentifierStepEveryNameLooksTheSameAndTheMailGoesToTheStoredAddressOnly(String kind) {
        Person pat = gatehouse.aPerson().create();
        Person off = gatehouse.aPerson().disabled().create();
        String typed =
                switch (kind) {
                    case "username" -> pat.username();
                    case "address" -> pat.address();
                    case "disabled" -> off.username();
                    default -> "nobody" + System.nanoTime();
                };
        boolean known = kind.equals("username") || kind.equals("address");
        Person other = gatehouse.aPerson().create();
        inFlow(flow -> flow.required(IDENTIFIER).required(STEP), own -> {
            App app = own.app();
            Browser browser = Browser.fresh();
            Page page = name(app.signIn(browser), typed);
            assertThat(page.text()).contains("We send the link to " + typed).contains("Not you?");
            // Of the same kind: a long name and a short one are set differently.
            String otherTyped = kind.equals("address") ? other.address() : other.username();
            Page otherPage = name(own.app().signIn(Browser.fresh()), otherTyped);
            assertAlike(page, typed, otherPage, otherTyped);

            Page waiting = page.press(SEND);
            Page otherWaiting = otherPage.press(SEND);
            assertAlike(waiting, typed, otherWaiting, otherTyped);
            assertThat(waiting.text()).doesNotContain("Use another address");
            assertAlike(LinkSignIn.type(waiting, "00000"), typed, LinkSignIn.type(otherWaiting, "00000"), otherTyped);
            if (kind.equals("username")) {
                assertThat(page.html() + waiting.html()).doesNotContain(pat.address());
            }
            if (!known) {
                gatehouse.mail().inbox(off.address()).assertNoMailWithin(Duration.ofSeconds(2));
                return;
            }
            LinkSignIn signIn = LinkSignIn.at(gatehouse, app, browser, waiting, pat.address());
            Mail mail = signIn.mail();
            assertThat(mail.to()).isEqualTo(pat.address());
            signIn.confirm(mail.link());
            assertSignedIn(app, browser.open(signIn.continueUrl()), pat);
        });
    }

    @Test
    void afterOurIdentifierStepAnotherAddressCannotBeSlippedIn() {
        Person pat = gatehouse.aPerson().create();
        Person mallory = gatehouse.aPerson().create();
        inFlow(flow -> flow.required(IDENTIFIER).required(STEP), own -> {
            App app = own.app();
            Browser browser = Browser.fresh();
            Page page = name(app.signIn(browser), pat.username());

            Page waiting = page.formWith(SEND).forge("email", mallory.address()).press(SEND);

            assertThat(waiting.text()).contains(pat.username()).doesNotContain(mallory.address());
            LinkSignIn signIn = LinkSignIn.at(gatehouse, app, browser, waiting, pat.address());
            gatehouse.mail().inbox(mallory.address()).assertNoMailWithin(Duration.ofSeconds(1));
            assertSignedIn(app, signIn.type(signIn.mail().code()), pat);
        });
    }

    @Test
    void theIdentifierStepTakesAHintOfTheApp() {
        Person pat = gatehouse.aPerson().create();
        inFlow(flow -> flow.required(IDENTIFIER).required(STEP), own -> {
            App app = own.app();
            Browser browser = Browser.fresh();
            Page page = app.signIn(browser, Map.of("login_hint", pat.address()));
            assertThat(page.form().value("username")).isEqualTo(pat.address());

            LinkSignIn signIn = sent(app, browser, page.form().enter(), pat);

            assertSignedIn(app, signIn.type(signIn.mail().code()), pat);
        });
    }

    @Test
    void afterKeycloaksIdentifierStepThePageShowsWhatWasTypedAndNotTheAddress() {
        Person pat = gatehouse.aPerson().create();
        inFlow(flow -> flow.required("auth-username-form").required(STEP), own -> {
            App app = own.app();
            Browser browser = Browser.fresh();
            Page page = name(app.signIn(browser), pat.username());
            assertThat(page.text()).contains("We send the link to " + pat.username());

            LinkSignIn signIn = sent(app, browser, page, pat);

            assertThat(page.html() + signIn.waiting().html()).doesNotContain(pat.address());
            signIn.confirm(signIn.link());
            assertSignedIn(app, signIn.goOn(), pat);
        });
    }

    @Test
    void asAStepAfterThePasswordNeitherAloneSignsIn() {
        Person pat = gatehouse.aPerson().create();
        Person mallory = gatehouse.aPerson().create();
        inFlow(
                flow -> flow.step("REQUIRED", "gatehouse-username-password-form", reference("pwd"))
                        .step("REQUIRED", STEP, reference("magic-link")),
                own -> {
                    App app = own.app();
                    Browser browser = Browser.fresh();
                    Page page = Guesser.type(app.signIn(browser), pat.username(), pat.password());
                    LinkSignIn signIn = sent(app, browser, page, pat);
                    LinkSignIn foreign = LinkSignIn.asked(gatehouse, Browser.fresh(), mallory.address());
                    Mail foreignMail = foreign.mail();
                    assertThat(signIn.confirmRaw(foreignMail.link()).heading()).isEqualTo("Wrong browser");
                    Page wrong = signIn.type(foreignMail.code());
                    assertNotDone(wrong);
                    assertThat(isSignedIn(pat)).isFalse();

                    Mail mail = signIn.mail();
                    JsonNode claims = assertSignedIn(app, LinkSignIn.type(wrong, mail.code()), pat);

                    assertThat(claims.get("amr").toString()).contains("pwd", "magic-link");
                });
    }

    private static Map<String, String> reference(String value) {
        return Map.of("default.reference.value", value, "default.reference.maxAge", "36000");
    }

    @Test
    void besideAPasskeyItIsTheWayForWhoHasNone() {
        Person pat = gatehouse.aPerson().create();
        inFlow(LinkPlacesIT::besideAPasskey, own -> {
            App app = own.app();
            Browser browser = Browser.fresh();

            LinkSignIn signIn = sent(app, browser, name(app.signIn(browser), pat.username()), pat);

            signIn.confirm(signIn.link());
            assertSignedIn(app, signIn.goOn(), pat);
        });
    }

    @Test
    void underTryAnotherWayItHasANameAndAText() {
        Person pat = gatehouse.aPerson().create();
        givePasskey(pat);
        inFlow(LinkPlacesIT::besideAPasskey, own -> {
            App app = own.app();
            Browser browser = Browser.fresh();
            Page passkey = name(app.signIn(browser), pat.username());
            assertThat(passkey.text()).contains("Try Another Way");

            Page ways = passkey.forms().stream()
                    .filter(form -> form.hidden("tryAnotherWay").equals("on"))
                    .findFirst()
                    .orElseThrow()
                    .enter();

            assertThat(ways.text()).contains("Sign-in link by email").contains("Get a mail with a link");
            int place = ways.document().select("li h2").eachText().indexOf("Sign-in link by email");
            LinkSignIn signIn = sent(app, browser, ways.forms().get(place).enter(), pat);
            assertThat(signIn.waiting().text()).contains("Passkey");
            assertSignedIn(app, signIn.type(signIn.mail().code()), pat);
        });
    }

    private static void besideAPasskey(Flow flow) {
        flow.required("auth-username-form")
                .flow("REQUIRED", ways -> ways.alternative("webauthn-authenticator-passwordless")
                        .alternative(STEP));
    }

    /** A passkey as an administrator imports it; nobody has the key to it. */
    private void givePasskey(Person person) {
        CredentialRepresentation passkey = new CredentialRepresentation();
        passkey.setType("webauthn-passwordless");
        passkey.setUserLabel("a key");
        passkey.setSecretData("{}");
        passkey.setCredentialData("{\"aaguid\":\"00000000-0000-0000-0000-000000000000\",\"credentialId\":\"AAAA\","
                + "\"counter\":0,\"attestationStatementFormat\":\"none\",\"transports\":[]}");
        UserRepresentation user = account(person);
        user.setCredentials(List.of(passkey));
        gatehouse.realm().users().get(person.id()).update(user);
    }

    private UserRepresentation account(Person person) {
        return gatehouse.realm().users().get(person.id()).toRepresentation();
    }

    @Test
    void theCodeAlsoLeavesTheSecondFactorToBeAsked() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

        Page otp = signIn.type(signIn.mail().code());

        assertNotDone(otp);
        assertThat(isSignedIn(pat)).isFalse();
        assertSignedIn(signIn.app(), otp.form().forge("otp", totp.code()).enter(), pat);
    }

    @Test
    void aLinkGivesTheFirstLevelAndTheSecondStillAsksForItsFactor() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        inFlow(LinkPlacesIT::levels, own -> {
            App app = own.app();
            Browser browser = Browser.fresh();
            LinkSignIn first = LinkSignIn.at(
                    gatehouse, app, browser, LinkSignIn.ask(app.signIn(browser), pat.address()), pat.address());
            first.confirm(first.link());
            JsonNode low = assertSignedIn(app, first.goOn(), pat);
            assertThat(low.get("acr").asText()).isEqualTo("1");
            assertThat(low.get("amr").toString()).isEqualTo("[\"magic-link\"]");

            App again = own.app();
            Browser elsewhere = Browser.fresh();
            LinkSignIn second = LinkSignIn.at(
                    gatehouse,
                    again,
                    elsewhere,
                    LinkSignIn.ask(again.signIn(elsewhere, Map.of("acr_values", "2")), pat.address()),
                    pat.address());
            Page otp = second.type(second.mail().code());
            assertNotDone(otp);
            JsonNode high =
                    assertSignedIn(again, otp.form().forge("otp", totp.code()).enter(), pat);
            assertThat(high.get("acr").asText()).isEqualTo("2");
            assertThat(high.get("amr").toString()).contains("magic-link", "otp");
        });
    }

    private static void levels(Flow flow) {
        flow.flow("CONDITIONAL", level -> level.step("REQUIRED", "conditional-level-of-authentication", level(1))
                        .step("REQUIRED", STEP, reference("magic-link")))
                .flow("CONDITIONAL", level -> level.step("REQUIRED", "conditional-level-of-authentication", level(2))
                        .step("REQUIRED", "auth-otp-form", reference("otp")));
    }

    private static Map<String, String> level(int number) {
        return Map.of("loa-condition-level", Integer.toString(number), "loa-max-age", "36000");
    }

    @Test
    void whoIsToSignInAgainIsKnownAndOnlyTheirOwnMailWillDo() {
        Person pat = gatehouse.aPerson().create();
        Person mallory = gatehouse.aPerson().create();
        gatehouse.linkStep().during("resendAfter", "1s", () -> {
            LinkSignIn first = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
            JsonNode before =
                    assertSignedIn(first.app(), first.type(first.mail().code()), pat);
            for (Map<String, String> demand : List.of(Map.of("prompt", "login"), Map.of("max_age", "1"))) {
                Browser browser = first.browser();
                App app = gatehouse.app();
                // Until a second has passed, the last sign-in is young enough.
                Page page = Eventually.get(() -> app.signIn(browser, demand), asks -> !asks.isAtStop());
                assertNotDone(page);
                assertThat(page.text())
                        .contains("We send the link to " + pat.username())
                        .doesNotContain(pat.address());
                Page waiting = Eventually.get(
                        () -> page.reload()
                                .formWith(SEND)
                                .forge("email", mallory.address())
                                .press(SEND),
                        sent -> sent.heading().equals("Check your mail"));
                LinkSignIn again = LinkSignIn.at(gatehouse, app, browser, waiting, pat.address());
                Mail mail = again.mail();
                again.confirm(mail.link());

                JsonNode after = assertSignedIn(app, again.goOn(), pat);

                assertThat(after.get("auth_time").asLong())
                        .isGreaterThan(before.get("auth_time").asLong());
            }
            gatehouse.mail().inbox(mallory.address()).assertNoMailWithin(Duration.ofSeconds(1));
        });
    }

    @Test
    void whereNobodyMayBeAskedThereIsNoMailAndAfterALinkNobodyIsAsked() {
        Person pat = gatehouse.aPerson().create();
        Browser browser = Browser.fresh();

        Page none = gatehouse.app().signIn(browser, Map.of("prompt", "none", "login_hint", pat.address()));
        assertThat(none.isAtStop()).isTrue();
        assertThat(none.query()).containsEntry("error", "login_required").doesNotContainKey("code");
        gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofSeconds(1));

        LinkSignIn signIn = LinkSignIn.asked(gatehouse, browser, pat.address());
        assertSignedIn(signIn.app(), signIn.type(signIn.mail().code()), pat);
        App app = gatehouse.app();
        assertSignedIn(app, app.signIn(browser, Map.of("prompt", "none")), pat);
    }

    @Test
    void toBeRememberedIsTakenOverFromTheIdentifierStep() {
        Person pat = gatehouse.aPerson().create();
        RealmSettings.during(
                gatehouse.realm(),
                realm -> realm.setRememberMe(true),
                () -> inFlow(flow -> flow.required(IDENTIFIER).required(STEP), own -> {
                    App app = own.app();
                    Browser browser = Browser.fresh();
                    Page page = app.signIn(browser)
                            .form()
                            .tick("Remember me")
                            .forge("username", pat.username())
                            .enter();
                    LinkSignIn signIn = sent(app, browser, page, pat);

                    assertSignedIn(app, signIn.type(signIn.mail().code()), pat);

                    assertThat(browser.cookie("KEYCLOAK_REMEMBER_ME")).isPresent();
                }));
    }

    @Test
    void afterItAPasskeyCanBeSetUpOrNot() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();
        Browser browser = Browser.fresh();
        LinkSignIn signIn = LinkSignIn.at(
                gatehouse,
                app,
                browser,
                LinkSignIn.ask(
                        app.signIn(browser, Map.of("kc_action", "webauthn-register-passwordless")), pat.address()),
                pat.address());

        Page offer = signIn.type(signIn.mail().code());
        assertNotDone(offer);
        assertThat(offer.heading()).isEqualTo("Passkey Registration");
        Page end = offer.press("Cancel");

        assertThat(end.query()).containsEntry("kc_action_status", "cancelled");
        assertSignedIn(app, end, pat);
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "code"})
    void whoComesFromAnotherProviderProvesTheExistingAccountByItsOwnMailbox(String way) {
        Person pat = gatehouse.aPerson().create();
        try (Upstream upstream = Upstream.create(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();
            App app = gatehouse.app();
            Browser browser = Browser.fresh();
            LinkSignIn signIn = proving(upstream, app, browser, there, pat);
            Mail mail = signIn.mail();
            assertThat(mail.text()).contains("connects your account with " + Upstream.NAME);
            assertThat(mail.html()).contains("connects your account with").contains(Upstream.NAME);
            assertThat(browser.open(mail.link()).text()).contains("connects the account with " + Upstream.NAME);
            Browser elsewhere = Browser.fresh();
            assertThat(elsewhere.open(mail.link()).heading()).isEqualTo("Wrong browser");
            elsewhere.post(LinkSignIn.withoutToken(mail.link()), LinkSignIn.redemption(mail.link()));
            assertThat(signIn.status()).isEqualTo("{\"state\":\"waiting\"}");
            assertThat(upstream.isLinkedWith(pat)).isFalse();

            Page end;
            if (way.equals("code")) {
                end = signIn.type(mail.code());
            } else {
                signIn.confirm(mail.link());
                assertThat(upstream.isLinkedWith(pat)).isFalse();
                end = signIn.goOn();
            }

            assertSignedIn(app, end, pat);
            assertThat(upstream.isLinkedWith(pat)).isTrue();
        }
    }

    /** Comes from the other provider, says that the existing account is the same person's, and asks for the mail. */
    private LinkSignIn proving(Upstream upstream, App app, Browser browser, Person there, Person here) {
        Page exists = upstream.arrive(app, browser, there);
        assertThat(exists.heading()).isEqualTo("Account already exists");
        return sent(app, browser, exists.press("Add to existing account"), here);
    }

    @Test
    void fromAnotherProviderTheSecondFactorOfTheExistingAccountIsAskedBeforeAnythingIsLinked() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        try (Upstream upstream = Upstream.create(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();
            App app = gatehouse.app();
            LinkSignIn signIn = proving(upstream, app, Browser.fresh(), there, pat);

            Page otp = signIn.type(signIn.mail().code());

            assertNotDone(otp);
            assertThat(upstream.isLinkedWith(pat)).isFalse();
            assertSignedIn(app, otp.form().forge("otp", totp.code()).enter(), pat);
            assertThat(upstream.isLinkedWith(pat)).isTrue();
        }
    }

    @Test
    void fromAnotherProviderNobodyLinksAnAccountWhoseMailboxIsNotTheirs() {
        Person victim = gatehouse.aPerson().create();
        try (Upstream upstream = Upstream.create(gatehouse)) {
            // The same name there, with a mailbox of the attacker's own.
            Person mallory = upstream.aPerson()
                    .named(victim.username())
                    .withAddress("mallory-" + System.nanoTime() + "@people.example")
                    .create();
            App app = gatehouse.app();
            Browser browser = Browser.fresh();
            LinkSignIn signIn = proving(upstream, app, browser, mallory, victim);
            assertThat(signIn.waiting().html()).doesNotContain(victim.address());
            Mail mail = signIn.mail();
            gatehouse.mail().inbox(mallory.address()).assertNoMailWithin(Duration.ofSeconds(1));

            Page page = signIn.waiting();
            for (int i = 0; i < 5; i++) {
                page = LinkSignIn.type(page, LinkSignIn.wrong(mail.code(), i));
                assertNotDone(page);
            }
            assertNotDone(page.press(LinkSignIn.OPENED));
            // The victim opens the link, in a browser of his own.
            Browser victims = Browser.fresh();
            assertThat(victims.open(mail.link()).heading()).isEqualTo("Wrong browser");

            // The attacker's own mail, for an account of her own here, does not help in that tab either.
            Person own = gatehouse.aPerson().create();
            LinkSignIn ownSignIn = LinkSignIn.asked(gatehouse, Browser.fresh(), own.address());
            Mail ownMail = ownSignIn.mail();
            assertThat(signIn.confirmRaw(ownMail.link()).heading()).isEqualTo("Wrong browser");
            assertThat(upstream.isLinkedWith(victim)).isFalse();
            assertThat(isSignedIn(victim)).isFalse();
        }
    }

    @Test
    void fromAnotherProviderAnAccountWhoseAddressWasNeverVerifiedIsNotLinkedByMail() {
        Person pat = gatehouse.aPerson().withUnverifiedAddress().create();
        try (Upstream upstream = Upstream.create(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();

            LinkSignIn signIn = proving(upstream, gatehouse.app(), Browser.fresh(), there, pat);

            assertThat(signIn.mail().subject()).isEqualTo("About your sign-in to Gatehouse");
            assertThat(upstream.isLinkedWith(pat)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "somebody else", "nobody"})
    void afterTheStepForOrganizationsTheMailGoesToWhomeverWasNamed(String kind) {
        RealmSettings.during(gatehouse.realm(), realm -> realm.setOrganizationsEnabled(true), () -> {
            OrganizationRepresentation organization = new OrganizationRepresentation();
            organization.setName("org" + System.nanoTime());
            organization.setAlias(organization.getName());
            organization.addDomain(new OrganizationDomainRepresentation(organization.getName() + ".example"));
            gatehouse.realm().organizations().create(organization).close();
            String id = gatehouse
                    .realm()
                    .organizations()
                    .search(organization.getName())
                    .get(0)
                    .getId();
            try {
                Person person = kind.equals("member")
                        ? gatehouse
                                .aPerson()
                                .withAddress("pat@" + organization.getName() + ".example")
                                .create()
                        : gatehouse.aPerson().create();
                if (kind.equals("member")) {
                    gatehouse
                            .realm()
                            .organizations()
                            .get(id)
                            .members()
                            .addMember(person.id())
                            .close();
                }
                inFlow(LinkPlacesIT::afterOrganizations, own -> organizations(own, kind, person));
            } finally {
                gatehouse.realm().organizations().get(id).delete().close();
            }
        });
    }

    private static void afterOrganizations(Flow flow) {
        flow.flow("ALTERNATIVE", inner -> inner.alternative("organization"))
                .flow("ALTERNATIVE", inner -> inner.required(STEP));
    }

    private void organizations(OwnApp own, String kind, Person person) {
        App app = own.app();
        Browser browser = Browser.fresh();
        boolean nobody = kind.equals("nobody");
        String typed = nobody ? "nobody-" + System.nanoTime() + "@people.example" : person.username();
        Page page = name(app.signIn(browser), typed);
        assertThat(page.text()).contains("We send the link to " + typed);
        Page waiting = page.press(SEND);
        assertThat(waiting.heading()).isEqualTo("Check your mail");
        assertThat(waiting.html()).doesNotContain(person.address());
        if (nobody) {
            gatehouse.mail().inbox(typed).assertNoMailWithin(Duration.ofSeconds(1));
            return;
        }
        LinkSignIn signIn = LinkSignIn.at(gatehouse, app, browser, waiting, person.address());
        signIn.confirm(signIn.link());
        assertSignedIn(app, signIn.goOn(), person);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP-Redirect", "HTTP-POST"})
    void anAppThatTalksSamlGetsItsResponseAfterTheLink(String binding) {
        Person pat = gatehouse.aPerson().create();
        try (SamlApp app = SamlApp.create(gatehouse)) {
            Browser browser = Browser.fresh();
            Page login = app.signIn(browser, binding);
            LinkSignIn signIn = LinkSignIn.at(
                    gatehouse, gatehouse.app(), browser, LinkSignIn.ask(login, pat.address()), pat.address());
            signIn.confirm(signIn.link());

            Page end = signIn.goOn();

            assertThat(app.response(end)).contains("status:Success", ">" + pat.username() + "</");
            assertThat(Optional.of(end.form().hidden("RelayState"))).contains("somewhere");
        }
    }
}
