// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** A person signs in by password, or does not. */
@ExtendWith(KeycloakServer.class)
class SignInByPasswordIT {

    private final Gatehouse gatehouse;

    SignInByPasswordIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    private Page tryPassword(App app, String username, String password) {
        return app.signIn(Browser.fresh())
                .press("Username and password")
                .form()
                .forge("username", username)
                .forge("password", password)
                .enter();
    }

    @Test
    void theRightPasswordSignsIn() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();

        var claims =
                app.tokens(tryPassword(app, pat.username(), pat.password())).claims();

        assertThat(claims.get("sub").asText()).isEqualTo(pat.id());
        assertThat(claims.get("amr").toString()).isEqualTo("[\"pwd\"]");
    }

    @Test
    void theAddressDoesAsWellAsTheUsername() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();

        assertThat(tryPassword(app, pat.address(), pat.password()).isAtStop()).isTrue();
    }

    @Test
    void aWrongPasswordAnUnknownNameAndADisabledAccountGetOneOpaqueAnswer() {
        Person pat = gatehouse.aPerson().create();
        Person disabled = gatehouse.aPerson().disabled().create();

        Page wrong = tryPassword(gatehouse.app(), pat.username(), "wrong");
        Page unknown = tryPassword(gatehouse.app(), "nobody-at-all", "wrong");
        Page off = tryPassword(gatehouse.app(), disabled.username(), "wrong");

        assertThat(wrong.text()).contains("Invalid username or password.");
        assertThat(unknown.status()).isEqualTo(wrong.status());
        assertThat(off.status()).isEqualTo(wrong.status());
        assertThat(message(unknown)).isEqualTo(message(wrong));
        assertThat(message(off)).isEqualTo(message(wrong));
    }

    private static String message(Page page) {
        return page.document().select("#input-error-username").text();
    }
}
