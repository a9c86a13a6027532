// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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

        Page waiting = app.signIn(browser).form().fill("Email", pat.address()).press("Email me a sign-in link");
        assertThat(waiting.heading()).isEqualTo("Check your mail");
        Mail mail = gatehouse.mail().inbox(pat.address()).next();
        Page question = browser.open(mail.link());
        assertThat(question.heading()).isEqualTo("Sign in?");
        assertThat(question.text()).contains("Gatehouse app").doesNotContain(pat.address());
        Page confirmed = question.press("Yes, sign me in");
        assertThat(confirmed.heading()).isEqualTo("Confirmed");
        Page callback = waiting.press("I have opened the link");

        JsonNode claims = app.tokens(callback).claims();
        assertThat(claims.get("sub").asText()).isEqualTo(pat.id());
        assertThat(claims.get("username").asText()).isEqualTo(pat.username());
        assertThat(claims.get("aud").toString()).contains("gatehouse-api");
        assertThat(claims.get("amr").toString()).isEqualTo("[\"magic-link\"]");
    }
}
