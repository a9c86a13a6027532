// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.time.Duration;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.server.KeycloakLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** What takes minutes, hours or a day. */
@ExtendWith(KeycloakLab.class)
class LinkClockIT {

    private static final String WRONG = "This is not the code";

    private final GatehouseLab lab;
    private final Gatehouse gatehouse;

    LinkClockIT(GatehouseLab lab) {
        this.lab = lab;
        this.gatehouse = lab.gatehouse();
    }

    private LinkSignIn asked(Person person) {
        return LinkSignIn.asked(gatehouse, Browser.fresh(), person.address());
    }

    private static void assertSignedIn(LinkSignIn signIn, Page end, Person person) {
        assertThat(signIn.app().tokens(end).claims().get("sub").asText()).isEqualTo(person.id());
    }

    @Test
    void theWaitsForAnotherMailAreThirtySixtyAndTwiceAHundredAndTwentySeconds() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = asked(pat);
        Page page = signIn.waiting();
        for (int wait : new int[] {30, 60, 120, 120}) {
            signIn.mail();
            assertThat(page.text()).contains("You can ask for a new link in ");
            lab.pass(Duration.ofSeconds(wait - 10));
            page = signIn.browser().open(signIn.continueUrl()).press(LinkSignIn.RESEND);
            gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofMillis(500));
            lab.pass(Duration.ofSeconds(10));
            page = signIn.browser().open(signIn.continueUrl()).press(LinkSignIn.RESEND);
        }
        assertSignedIn(signIn, LinkSignIn.type(page, signIn.mail().code()), pat);
    }

    @Test
    void aLinkAndItsCodeLiveForFifteenMinutesAndNotLonger() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn inTime = asked(pat);
        LinkSignIn late = asked(pat);
        Mail mail = inTime.mail();
        Mail lateMail = late.mail();
        lab.pass(Duration.ofMinutes(15).minusSeconds(20));
        assertThat(inTime.browser().open(mail.link()).heading()).isEqualTo("Sign in?");
        assertSignedIn(inTime, inTime.type(mail.code()), pat);

        lab.pass(Duration.ofSeconds(20));

        assertThat(late.confirmRaw(lateMail.link()).heading()).isEqualTo("That took too long");
        assertThat(late.type(lateMail.code()).text()).contains("The link is no longer valid");
    }

    @Test
    void anAccountHasFiftyTriesADayAndTheLinkNeedsNone() {
        Person pat = gatehouse.aPerson().create();
        for (int hour = 0; hour < 3; hour++) {
            int mails = hour < 2 ? 4 : 2;
            for (int i = 0; i < mails; i++) {
                LinkSignIn signIn = asked(pat);
                String code = signIn.mail().code();
                Page page = signIn.waiting();
                for (int guess = 0; guess < 5; guess++) {
                    page = LinkSignIn.type(page, LinkSignIn.wrong(code, guess));
                    assertThat(page.text()).contains(WRONG);
                }
            }
            lab.pass(Duration.ofMinutes(61));
        }

        LinkSignIn signIn = asked(pat);
        Mail mail = signIn.mail();
        Page refused = signIn.type(mail.code());

        assertThat(refused.text()).contains(WRONG);
        signIn.confirm(mail.link());
        assertSignedIn(signIn, refused.press(LinkSignIn.OPENED), pat);
        lab.pass(Duration.ofDays(1));
        LinkSignIn tomorrow = asked(pat);
        assertSignedIn(tomorrow, tomorrow.type(tomorrow.mail().code()), pat);
    }

    @Test
    void whoGuessesAtThePasswordAllDayKeepsTheOwnerOutAtNoHour() {
        Person pat = gatehouse.aPerson().create();
        Machine stranger = Machine.create(gatehouse);
        // With the realm's own thirty failures an owner who comes every hour would meet no lock at all.
        RealmSettings.change(gatehouse.realm(), realm -> realm.setFailureFactor(10));
        for (int hour = 1; hour <= 24; hour++) {
            for (int guess = 0; guess < 12; guess++) {
                lab.pass(Duration.ofMinutes(5));
                assertThat(stranger.at(Network.next())
                                .password(pat.username(), Guesser.WRONG)
                                .html())
                        .contains("invalid_grant");
            }
            lab.signInAdmin();
            assertThat(Eventually.get(() -> isLocked(pat), yes -> yes))
                    .as("hour " + hour)
                    .isTrue();
            assertThat(stranger.at(Network.next())
                            .password(pat.username(), pat.password())
                            .html())
                    .as("the password, in hour " + hour)
                    .contains("invalid_grant");

            LinkSignIn signIn = asked(pat);
            signIn.confirm(signIn.link());

            assertSignedIn(signIn, signIn.goOn(), pat);
        }
        RealmSettings.change(gatehouse.realm(), realm -> realm.setFailureFactor(30));
    }

    private boolean isLocked(Person person) {
        return Boolean.TRUE.equals(gatehouse
                .realm()
                .attackDetection()
                .bruteForceUserStatus(person.id())
                .get("disabled"));
    }
}
