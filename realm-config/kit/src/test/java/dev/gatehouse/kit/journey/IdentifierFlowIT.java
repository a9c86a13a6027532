// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.UUID;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static dev.gatehouse.kit.journey.Alike.assertAlike;
import static org.assertj.core.api.Assertions.assertThat;

/** The flow of the shipped realm that asks for the name first, bound to one client. */
@ExtendWith(KeycloakServer.class)
class IdentifierFlowIT {

    private static final String FLOW = "gatehouse browser identifier";
    private static final String PASSWORD = "Password";

    private final Gatehouse gatehouse;

    IdentifierFlowIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    private static Page name(OwnApp own, String name) {
        return own.app().signIn(Browser.fresh()).form().forge("username", name).enter();
    }

    @Test
    void afterTheNameAPersonChoosesBetweenLinkAndPasswordAndGetsIn() {
        Person pat = gatehouse.aPerson().create();
        try (OwnApp own = OwnApp.in(gatehouse, FLOW)) {
            App app = own.app();
            Browser browser = Browser.fresh();
            Page choice =
                    app.signIn(browser).form().forge("username", pat.username()).enter();
            assertThat(choice.buttons()).contains("Email me a sign-in link");

            Page end = choice.press(PASSWORD)
                    .form()
                    .forge("password", pat.password())
                    .enter();

            assertThat(app.tokens(end).claims().get("sub").asText()).isEqualTo(pat.id());

            App other = own.app();
            Browser another = Browser.fresh();
            Page asked = other.signIn(another)
                    .form()
                    .forge("username", pat.username())
                    .enter();
            LinkSignIn signIn =
                    LinkSignIn.at(gatehouse, other, another, asked.press("Email me a sign-in link"), pat.address());
            signIn.confirm(signIn.mail().link());
            assertThat(other.tokens(another.open(signIn.continueUrl()))
                            .claims()
                            .get("amr")
                            .toString())
                    .isEqualTo("[\"magic-link\"]");
        }
    }

    @Test
    void aNameOfNobodyGetsTheSamePagesAndTheSameAnswerToAPassword() {
        Person pat = gatehouse.aPerson().create();
        String nobody = UUID.randomUUID().toString().substring(0, pat.username().length());
        try (OwnApp own = OwnApp.in(gatehouse, FLOW)) {
            Page known = name(own, pat.username());
            Page unknown = name(own, nobody);
            assertAlike(known, pat.username(), unknown, nobody);

            Page knownPassword = known.press(PASSWORD);
            Page unknownPassword = unknown.press(PASSWORD);
            assertAlike(knownPassword, pat.username(), unknownPassword, nobody);
            assertAlike(
                    knownPassword.form().forge("password", "wrong").enter(),
                    pat.username(),
                    unknownPassword.form().forge("password", "wrong").enter(),
                    nobody);
        }
    }

    @Test
    void aSecondFactorIsAskedFor() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        try (OwnApp own = OwnApp.in(gatehouse, FLOW)) {
            App app = own.app();
            Page factor = app.signIn(Browser.fresh())
                    .form()
                    .forge("username", pat.username())
                    .enter()
                    .press(PASSWORD)
                    .form()
                    .forge("password", pat.password())
                    .enter();
            assertThat(factor.isAtStop()).isFalse();

            Page end = factor.form().forge("otp", totp.code()).enter();

            assertThat(app.tokens(end).claims().get("sub").asText()).isEqualTo(pat.id());
        }
    }
}
