// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.otp.Base32;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** People set up an authenticator app in a realm that switched the guard on. */
@ExtendWith(KeycloakServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnrolmentIT {

    private static final Map<String, String> SET_UP = Map.of("kc_action", "CONFIGURE_TOTP");

    private final Gatehouse gatehouse;

    EnrolmentIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @BeforeAll
    void theGuardIsOn() {
        guard(true);
    }

    @AfterAll
    void theGuardIsOff() {
        guard(false);
    }

    private void guard(boolean on) {
        RealmSettings.change(gatehouse.realm(), realm -> {
            Map<String, String> attributes = new HashMap<>(realm.getAttributesOrEmpty());
            attributes.put("gatehouse.otpGuard", Boolean.toString(on));
            realm.setAttributes(attributes);
        });
    }

    /** The page to set up an app, after the password, in a browser that was never used. */
    private Page setUp(App app, Person person) {
        Page login = app.signIn(Browser.fresh().from(Network.next()), SET_UP).press("Username and password");
        return Guesser.type(login, person.username(), person.password());
    }

    private static Totp app(Page page) {
        String key = page.document().select("#gatehouse-totp-key").text();
        assertThat(key).as(page.describe()).matches("([A-Z2-7]{4} ){7}[A-Z2-7]{4}");
        return Totp.of(Base32.decode(key).orElseThrow());
    }

    private static Page finish(Page page, String code, String name) {
        return page.form().forge("totp", code).forge("userLabel", name).enter();
    }

    private List<CredentialRepresentation> devices(Person person) {
        return gatehouse.realm().users().get(person.id()).credentials().stream()
                .filter(credential -> credential.getType().equals("otp"))
                .toList();
    }

    @Test
    void theSecretIsTwentyBytesOfTheServersAndTheCodeThatProvedItIsUsedUp() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();
        Page page = setUp(app, pat);
        Totp totp = app(page);
        assertThat(totp.secret()).hasSize(20);
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.document().select("input[name=totpSecret]")).isEmpty();
        assertThat(page.document().select("#gatehouse-totp-open").attr("href"))
                .startsWith("otpauth://totp/")
                .contains("secret=" + Base32.encode(totp.secret()));
        Totp.awaitRoom(10);
        String proof = totp.code();

        Page end = finish(page, proof, "My phone");

        Outcome.assertSignedIn(app, end, pat);
        assertThat(devices(pat))
                .extracting(CredentialRepresentation::getUserLabel)
                .containsExactly("My phone");
        App again = gatehouse.app();
        Page second =
                Guesser.type(Guesser.form(again, Browser.fresh().from(Network.next())), pat.username(), pat.password());
        Page refused = second.form().forge("otp", proof).enter();
        Outcome.assertNotDone(refused);
        Outcome.assertSignedIn(
                again, refused.form().forge("otp", totp.nextCode()).enter(), pat);
    }

    @Test
    void aSecretThatTheBrowserSendsIsNotLookedAt() {
        Person pat = gatehouse.aPerson().create();
        Page page = setUp(gatehouse.app(), pat);
        Totp planted = Totp.of("A");

        Page refused = page.form()
                .forge("totp", planted.code())
                .forge("totpSecret", "A")
                .forge("userLabel", "planted")
                .enter();

        Outcome.assertNotDone(refused);
        assertThat(devices(pat)).isEmpty();
        assertThat(app(refused).secret())
                .as("the key stays the same")
                .isEqualTo(app(page).secret());
        assertThat(refused.document().select("#input-error-totp").text()).isNotEmpty();
        assertThat(refused.document().select("#userLabel").attr("value")).isEqualTo("planted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "12345", "1234567", "abcdef", "０１２", "999999999999999999999999", "<b>1</b>"})
    void whatIsNoCodeLeavesNothingBehind(String typed) {
        Person pat = gatehouse.aPerson().create();
        Page page = setUp(gatehouse.app(), pat);

        Page refused = finish(page, typed, "phone");

        Outcome.assertNotDone(refused);
        assertThat(refused.status()).isEqualTo(200);
        assertThat(devices(pat)).isEmpty();
        assertThat(gatehouse
                        .realm()
                        .getEvents(List.of("UPDATE_CREDENTIAL_ERROR"), null, pat.id(), null, null, null, null, null))
                .extracting(EventRepresentation::getDetails)
                .anySatisfy(details -> assertThat(details).containsEntry("gatehouse_reason", "code"));
    }

    @Test
    void aCodeOfTheKeyOfAnotherTabIsNoProof() {
        Person pat = gatehouse.aPerson().create();
        Totp other = app(setUp(gatehouse.app(), pat));

        Page refused = finish(setUp(gatehouse.app(), pat), other.code(), "phone");

        Outcome.assertNotDone(refused);
        assertThat(devices(pat)).isEmpty();
    }

    @Test
    void aSecondDeviceNeedsANameOfItsOwn() {
        Person pat = gatehouse.aPerson().create();
        Page first = setUp(gatehouse.app(), pat);
        Totp phone = app(first);
        finish(first, phone.code(), "phone");
        assertThat(devices(pat)).hasSize(1);

        Page second = withSecondFactor(pat, phone.nextCode());
        Totp tablet = app(second);
        Page nameless = finish(second, tablet.code(), "  ");
        assertThat(nameless.document().select("#input-error-userLabel").text()).isNotEmpty();
        Page taken = finish(nameless, tablet.code(), "phone");
        assertThat(taken.document().select("#input-error-userLabel").text()).contains("already");
        assertThat(devices(pat)).hasSize(1);
        finish(taken, tablet.code(), "tablet");

        assertThat(devices(pat))
                .extracting(CredentialRepresentation::getUserLabel)
                .containsExactlyInAnyOrder("phone", "tablet");
    }

    private Page withSecondFactor(Person person, String code) {
        return setUp(gatehouse.app(), person).form().forge("otp", code).enter();
    }

    @Test
    void aNameIsShownAsTextOnOneLine() {
        Person pat = gatehouse.aPerson().create();
        Page page = setUp(gatehouse.app(), pat);

        finish(page, app(page).code(), "<script>alert(1)</script>\r\nX: y\u202e " + "n".repeat(300));

        assertThat(devices(pat)).singleElement().satisfies(device -> assertThat(device.getUserLabel())
                .startsWith("<script>alert(1)</script> X: y n")
                .hasSize(64));
    }

    @Test
    void whoHasAllDevicesThatAreAllowedGetsNoFurtherOne() {
        Person pat = gatehouse.aPerson().create();
        Totp first = Totp.of(gatehouse.realm(), pat);
        for (int i = 1; i < 5; i++) {
            Totp.of(gatehouse.realm(), pat);
        }
        assertThat(devices(pat)).hasSize(5);

        Page page = withSecondFactor(pat, first.code());
        assertThat(page.document().select("#input-error-totp").text()).contains("Remove one");
        finish(page, app(page).code(), "one too many");

        assertThat(devices(pat)).hasSize(5);
    }

    @Test
    void whoCancelsGoesBackToTheAppWithoutADevice() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();

        Page end = setUp(app, pat).form().forge("cancel-aia", "true").enter();

        assertThat(end.isAtStop()).isTrue();
        assertThat(end.query()).containsEntry("kc_action_status", "cancelled");
        assertThat(devices(pat)).isEmpty();
    }

    @Test
    void withoutTheGuardThePageIsKeycloaksOwn() {
        guard(false);
        try {
            Page page = setUp(gatehouse.app(), gatehouse.aPerson().create());

            assertThat(page.document().select("input[name=totpSecret]")).isNotEmpty();
            assertThat(page.document().select("#gatehouse-totp-key")).isEmpty();
        } finally {
            guard(true);
        }
    }
}
