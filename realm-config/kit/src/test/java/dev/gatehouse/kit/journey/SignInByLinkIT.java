// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** A person signs in by a mailed link, in the ways that are meant to work. */
@ExtendWith(KeycloakServer.class)
class SignInByLinkIT {

    private final Gatehouse gatehouse;

    SignInByLinkIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @Test
    void aPersonSignsInByTheLinkInTheBrowserThatAsked() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();
        Browser browser = Browser.fresh();

        Page waiting = LinkSignIn.ask(app.signIn(browser), pat.address());
        assertThat(waiting.heading()).isEqualTo("Check your mail");
        Mail mail = gatehouse.mail().inbox(pat.address()).next();
        Page question = browser.open(mail.link());
        assertThat(question.heading()).isEqualTo("Sign in?");
        assertThat(question.text()).contains("Gatehouse app").doesNotContain(pat.address());
        Page confirmed = question.press(LinkSignIn.CONFIRM);
        assertThat(confirmed.heading()).isEqualTo("Confirmed");
        Page callback = waiting.press(LinkSignIn.OPENED);

        JsonNode claims = app.tokens(callback).claims();
        assertThat(claims.get("sub").asText()).isEqualTo(pat.id());
        assertThat(claims.get("username").asText()).isEqualTo(pat.username());
        assertThat(claims.get("aud").toString()).contains("gatehouse-api");
        assertThat(claims.get("amr").toString()).isEqualTo("[\"magic-link\"]");
    }

    @Test
    void theMailSaysTheSameInTextAndHtmlAndItsLinkIsShort() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

        Mail mail = gatehouse.mail().inbox(pat.address()).next();

        String link = mail.link().toString();
        assertThat(link)
                .startsWith(gatehouse.issuer() + "/gatehouse-magic-link/open?t=")
                .hasSizeLessThan(140);
        assertThat(mail.subject()).isEqualTo("Sign in to Gatehouse");
        assertThat(mail.text()).contains(link).contains("15 minutes");
        assertThat(mail.html()).contains(link).contains("15 minutes").doesNotContain("<img", "<script");
    }

    @Test
    void theWaitingTabIsToldWhenItMayGoOnAndItsOwnAddressThenFinishes() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
        assertThat(signIn.status()).isEqualTo("{\"state\":\"waiting\"}");

        signIn.confirm(signIn.link());

        assertThat(signIn.status()).isEqualTo("{\"state\":\"approved\"}");
        Page callback = signIn.browser().open(signIn.continueUrl());
        assertThat(signIn.app().tokens(callback).claims().get("sub").asText()).isEqualTo(pat.id());
        assertThat(signIn.status()).isEqualTo("{\"state\":\"gone\"}");
    }

    @Test
    void whoLostTheFirstWindowGoesOnWhereTheLinkWasOpened() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

        Page callback = signIn.confirm(signIn.link()).link("Go on here").click();

        assertThat(signIn.app().tokens(callback).claims().get("sub").asText()).isEqualTo(pat.id());
    }

    @Test
    void pressingTheButtonTooEarlySaysWhatIsMissing() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

        Page early = signIn.goOn();

        assertThat(early.heading()).isEqualTo("Check your mail");
        assertThat(early.text()).contains("The link has not been confirmed yet");
        signIn.confirm(signIn.link());
        assertThat(early.press(LinkSignIn.OPENED).isAtStop()).isTrue();
    }

    @Test
    void reloadingGoingBackAndChangingTheLanguageSendNoFurtherMail() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
        gatehouse.mail().inbox(pat.address()).next();

        signIn.browser().open(signIn.continueUrl());
        signIn.browser().open(signIn.continueUrl());
        Page german = signIn.browser().open(URI.create(signIn.continueUrl() + "&kc_locale=de"));

        assertThat(german.language()).isEqualTo("de");
        assertThat(german.html()).contains(pat.address());
        gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofSeconds(2));
    }

    @Test
    void pagesAndMailSpeakTheLanguageOfThePerson() {
        Person pat = gatehouse.aPerson().create();
        Browser browser = Browser.speaking("de");

        Page login = gatehouse.app().signIn(browser);
        assertThat(login.language()).isEqualTo("de");
        Page waiting = login.form().forge("email", pat.address()).enter();

        assertThat(waiting.language()).isEqualTo("de");
        assertThat(gatehouse.mail().inbox(pat.address()).next().subject()).isEqualTo("Anmeldung bei Gatehouse");
    }

    @Test
    void theAddressThatTheAppKnowsIsFilledIn() {
        Page login = gatehouse.app().signIn(Browser.fresh(), Map.of("login_hint", "known@people.example"));

        assertThat(login.form().value("Email")).isEqualTo("known@people.example");
    }

    @Test
    void theSecondFactorIsStillAsked() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

        signIn.confirm(signIn.link());
        Page otp = signIn.goOn();

        assertThat(otp.isAtStop()).as("no code before the second factor").isFalse();
        Page callback = otp.form().forge("otp", totp.code()).enter();
        JsonNode claims = signIn.app().tokens(callback).claims();
        assertThat(claims.get("amr").toString()).contains("magic-link", "otp");
    }

    @Test
    void requiredActionsRunAfterTheLink() {
        Person pat = gatehouse.aPerson().create();
        UserRepresentation user = gatehouse.realm().users().get(pat.id()).toRepresentation();
        user.setRequiredActions(List.of("UPDATE_PASSWORD"));
        gatehouse.realm().users().get(pat.id()).update(user);
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

        signIn.confirm(signIn.link());
        Page next = signIn.goOn();

        assertThat(next.isAtStop()).isFalse();
        assertThat(next.heading()).isEqualTo("Update password");
    }

    @Test
    void anotherMailCanBeAskedForAfterAWaitAndReplacesTheFirst() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.linkStep().during("resendAfter", "1s", () -> {
            LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
            URI first = signIn.link();

            Page ready = Eventually.get(() -> signIn.browser().open(signIn.continueUrl()), page -> !page.text()
                    .contains("You can ask for a new link in"));
            Page again = ready.press("Send a new link");

            URI second = gatehouse.mail().inbox(pat.address()).next().link();
            assertThat(second).isNotEqualTo(first);
            assertThat(signIn.browser().open(first).heading()).isEqualTo("This link does not work any more");
            signIn.confirm(second);
            assertThat(again.press(LinkSignIn.OPENED).isAtStop()).isTrue();
        });
    }

    @Test
    void askingTwiceInARowSendsOneMailAndTellsTheWait() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
        gatehouse.mail().inbox(pat.address()).next();

        Page again = signIn.waiting().press("Send a new link");

        assertThat(again.heading()).isEqualTo("Check your mail");
        assertThat(again.text()).contains("You can ask for a new link in");
        gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofSeconds(2));
    }

    @Test
    void thePasswordIsOneClickAway() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();

        Page password = app.signIn(Browser.fresh()).press("Username and password");
        Page callback = password.form()
                .forge("username", pat.username())
                .forge("password", pat.password())
                .enter();

        assertThat(app.tokens(callback).claims().get("sub").asText()).isEqualTo(pat.id());
    }

    @Test
    void rememberMeWorksWhereTheRealmOffersIt() {
        Person pat = gatehouse.aPerson().create();
        RealmRepresentation realm = gatehouse.realm().toRepresentation();
        realm.setRememberMe(true);
        gatehouse.realm().update(realm);
        try {
            App app = gatehouse.app();
            Browser browser = Browser.fresh();
            Page waiting = app.signIn(browser)
                    .form()
                    .tick("Remember me")
                    .fill("Email", pat.address())
                    .press("Email me a sign-in link");
            browser.open(gatehouse.mail().inbox(pat.address()).next().link()).press(LinkSignIn.CONFIRM);
            app.tokens(waiting.press(LinkSignIn.OPENED));

            assertThat(browser.cookie("KEYCLOAK_REMEMBER_ME")).isPresent();
        } finally {
            realm.setRememberMe(false);
            gatehouse.realm().update(realm);
        }
    }

    @Test
    void theAuditLogTellsOfTheMailAndOfTheSignInWithoutTheirSecrets() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
        URI link = signIn.link();
        signIn.confirm(link);
        signIn.app().tokens(signIn.goOn());

        EventRepresentation sent = Eventually.get(
                        () -> gatehouse.events("SEND_VERIFY_EMAIL").stream()
                                .filter(event -> pat.id().equals(event.getUserId()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        EventRepresentation login = gatehouse.events("LOGIN").stream()
                .filter(event -> pat.id().equals(event.getUserId()))
                .findFirst()
                .orElseThrow();
        assertThat(sent.getClientId()).isEqualTo("gatehouse-app");
        assertThat(sent.getDetails()).containsEntry("gatehouse_method", "magic_link");
        assertThat(login.getDetails()).containsEntry("gatehouse_method", "magic_link");
        assertThat(sent.getDetails().toString() + login.getDetails()).doesNotContain(LinkSignIn.token(link));
    }
}
