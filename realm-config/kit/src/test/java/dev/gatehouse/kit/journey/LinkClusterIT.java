// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** A sign-in by link or code goes from node to node, and outlives the one where it began. */
@ExtendWith(KeycloakCluster.class)
class LinkClusterIT {

    private final GatehouseCluster gatehouse;

    LinkClusterIT(GatehouseCluster gatehouse) {
        this.gatehouse = gatehouse;
    }

    private LinkSignIn asked(int node, Person person) {
        return LinkSignIn.asked(gatehouse.on(node), Browser.fresh(), person.address());
    }

    /** From now on the browser of {@code signIn} reaches this node. */
    private LinkSignIn through(int node, LinkSignIn signIn) {
        signIn.browser().through(gatehouse.node(node)::route);
        return signIn;
    }

    private static void assertSignedIn(LinkSignIn signIn, Page end, Person person) {
        assertThat(signIn.app().tokens(end).claims().get("sub").asText()).isEqualTo(person.id());
    }

    @Test
    void askedForOnOneNodeConfirmedOnTheOtherFinishedOnTheFirst() {
        Person pat = gatehouse.on(0).aPerson().create();
        for (int node = 0; node < 2; node++) {
            LinkSignIn signIn = asked(node, pat);
            Mail mail = signIn.mail();

            through(1 - node, signIn);
            assertThat(signIn.status()).isEqualTo("{\"state\":\"waiting\"}");
            assertThat(signIn.confirm(mail.link()).heading()).isEqualTo("Confirmed");
            through(node, signIn);

            assertThat(signIn.status()).isEqualTo("{\"state\":\"approved\"}");
            assertSignedIn(signIn, signIn.goOn(), pat);
            through(1 - node, signIn);
            assertThat(signIn.confirmRaw(mail.link()).heading()).isEqualTo("You are signed in already");
        }
    }

    @Test
    void aCodeIsTypedOnTheOtherNodeAndWorksOnce() {
        Person pat = gatehouse.on(0).aPerson().create();
        LinkSignIn signIn = asked(0, pat);
        Mail mail = signIn.mail();

        Page end = through(1, signIn).type(mail.code());

        assertSignedIn(signIn, end, pat);
        through(0, signIn);
        assertThat(signIn.confirmRaw(mail.link()).heading()).isEqualTo("You are signed in already");
    }

    @Test
    void fiveTriesOnTwoNodesAreFive() {
        Person pat = gatehouse.on(0).aPerson().create();
        LinkSignIn signIn = asked(0, pat);
        Mail mail = signIn.mail();
        Page page = signIn.waiting();
        for (int i = 0; i < 5; i++) {
            through(i % 2, signIn);
            page = LinkSignIn.type(page, LinkSignIn.wrong(mail.code(), i));
            assertThat(page.text()).contains("This is not the code");
        }

        for (int node = 0; node < 2; node++) {
            through(node, signIn);
            page = LinkSignIn.type(page, mail.code());
            assertThat(page.text()).contains("Too many wrong codes");
        }
        signIn.confirm(mail.link());
        assertSignedIn(signIn, page.press(LinkSignIn.OPENED), pat);
    }

    @Test
    void aNewMailOfTheOtherNodeReplacesTheFirst() {
        Person pat = gatehouse.on(0).aPerson().create();
        gatehouse.on(0).linkStep().during("resendAfter", "1s", () -> {
            LinkSignIn signIn = asked(0, pat);
            Mail first = signIn.mail();
            through(1, signIn);

            Page again = Eventually.get(
                            () -> signIn.browser().open(signIn.continueUrl()),
                            page -> page.document().select("[data-resend-in]").isEmpty())
                    .press(LinkSignIn.RESEND);
            Mail second = signIn.mail();
            through(0, signIn);

            assertThat(signIn.confirmRaw(first.link()).heading()).isEqualTo("This link does not work any more");
            assertSignedIn(signIn, LinkSignIn.type(again, second.code()), pat);
        });
    }

    @Test
    @AllowedInLog({"org\\.infinispan", "org\\.jgroups"})
    void aNodeThatIsGoneBetweenMailAndClickTakesNothingWithIt() {
        Person pat = gatehouse.on(0).aPerson().create();
        Person robin = gatehouse.on(0).aPerson().create();
        LinkSignIn byLink = asked(1, pat);
        LinkSignIn byCode = asked(1, robin);
        Mail mail = byLink.mail();
        Mail other = byCode.mail();
        Page wrong = byCode.type(LinkSignIn.wrong(other.code(), 0));

        gatehouse.node(1).kill();

        through(0, byLink);
        through(0, byCode);
        Page question = Eventually.get(
                () -> byLink.browser().open(mail.link()), page -> page.heading().equals("Sign in?"));
        assertThat(question.press(LinkSignIn.CONFIRM).heading()).isEqualTo("Confirmed");
        assertThat(byLink.goOn().isAtStop()).isTrue();
        assertThat(LinkSignIn.type(wrong, other.code()).isAtStop()).isTrue();
        assertThat(gatehouse.on(0).realm().users().get(pat.id()).getUserSessions())
                .hasSize(1);
        assertThat(gatehouse.on(0).realm().users().get(robin.id()).getUserSessions())
                .hasSize(1);
    }
}
