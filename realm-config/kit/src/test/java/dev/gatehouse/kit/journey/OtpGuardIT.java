// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakSealed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Guesses at one-time passwords are counted whatever way they come, and a code works once. Nothing else that Keycloak or
 * the pack counts is on in this realm.
 */
@ExtendWith(KeycloakSealed.class)
class OtpGuardIT {

    private static final Map<String, String> ON = Map.of("gatehouse.otpGuard", "true");

    private final SealedGatehouse sealed;
    private final Gatehouse gatehouse;
    private final SecondFactor second;
    private final Person pat;

    OtpGuardIT(SealedGatehouse sealed) {
        this.sealed = sealed;
        this.gatehouse = sealed.gatehouse();
        this.second = new SecondFactor(gatehouse, sealed.machine());
        this.pat = gatehouse.aPerson().create();
    }

    /** Wrong codes in a row, as the server counts those that it compared. */
    private int compared() {
        return sealed
                .database()
                .rows("select IN_A_ROW from GATEHOUSE_FAILED_CODES where USER_ID = ?", pat.id())
                .stream()
                .map(row -> Integer.parseInt(row.get(0)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void afterFiveWrongCodesOnAnyWayTheRightOneIsRefusedOnAll() {
        Totp totp = Totp.of(gatehouse.realm(), pat);
        gatehouse.attributes().during(ON, () -> {
            App app = gatehouse.app();
            App.Tokens before = app.tokens(SecondFactor.type(second.page(app, pat), totp.earlierCode()));
            for (int i = 0; i < 3; i++) {
                assertThat(second.grant(pat, totp.wrong(i)).status()).isEqualTo(SecondFactor.REFUSED);
            }
            Page page = second.page(pat);
            for (int i = 3; i < 5; i++) {
                page = SecondFactor.type(page, totp.wrong(i));
                assertThat(page.status()).isEqualTo(200);
            }

            Outcome.assertNotDone(SecondFactor.type(page, totp.code()));
            second.assertShut(pat, totp.code());
            second.assertShut(pat, totp.nextCode());

            assertThat(compared()).isEqualTo(5);
            assertThat(gatehouse
                            .realm()
                            .users()
                            .get(pat.id())
                            .toRepresentation()
                            .isEnabled())
                    .isTrue();
            assertThat(app.refresh(before.refresh()).status())
                    .as("the session from before")
                    .isEqualTo(200);
        });
    }

    @Test
    void aRightCodeGivesItsTryBack() {
        gatehouse.attributes().during(ON, () -> {
            Totp totp = Totp.countingOf(gatehouse.realm(), pat);
            for (int i = 0; i < 12; i++) {
                second.assertOpens(pat, totp.numbered(i));
            }
            for (int i = 0; i < 4; i++) {
                assertThat(second.grant(pat, totp.wrong(i)).status()).isEqualTo(SecondFactor.REFUSED);
            }
            assertThat(compared()).isEqualTo(4);

            second.assertOpens(pat, totp.numbered(12));

            assertThat(compared()).isZero();
        });
    }

    @Test
    void ofFortyGuessesAtOnceFiveAreCompared() {
        Totp totp = Totp.of(gatehouse.realm(), pat);
        gatehouse.attributes().during(ON, () -> {
            List<Integer> answers =
                    AtOnce.times(40, i -> second.grant(pat, totp.wrong(i)).status());

            assertThat(answers).containsOnly(SecondFactor.REFUSED);
            assertThat(compared()).isEqualTo(5);
            second.assertShut(pat, totp.code());
        });
    }

    @Test
    void signInsThatNeedNoCodeDoNotEndTheCount() {
        Totp totp = Totp.of(gatehouse.realm(), pat);
        Flow passwordOnly = Flow.create(gatehouse.realm(), flow -> flow.required("direct-grant-validate-username")
                .required("direct-grant-validate-password"));
        Machine other = Machine.create(
                gatehouse,
                client -> client.setAuthenticationFlowBindingOverrides(Map.of("direct_grant", passwordOnly.id())));
        gatehouse.attributes().during(ON, () -> {
            for (int i = 0; i < 20; i++) {
                assertThat(second.grant(pat, totp.wrong(i)).status()).isEqualTo(SecondFactor.REFUSED);
                assertThat(other.at(Network.next())
                                .password(pat.username(), pat.password())
                                .status())
                        .isEqualTo(200);
            }

            assertThat(compared()).isEqualTo(5);
            second.assertShut(pat, totp.code());
        });
    }

    @Test
    void ofTwentyFourSubmitsOfOneCodeOneSucceeds() {
        Totp totp = Totp.of(gatehouse.realm(), pat);
        gatehouse.attributes().during(ON, () -> {
            List<Page> pages = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                pages.add(second.page(pat));
            }
            Totp.awaitRoom(20);
            String code = totp.code();

            List<Boolean> done = AtOnce.times(
                    24,
                    i -> i < 12
                            ? SecondFactor.type(pages.get(i), code).isAtStop()
                            : second.grant(pat, code).status() == 200);

            assertThat(done).filteredOn(success -> success).hasSize(1);
        });
    }

    @Test
    void noCodeIsOlderThanTheNewestThatWasUsed() {
        Totp totp = Totp.of(gatehouse.realm(), pat);
        gatehouse.attributes().during(ON, () -> {
            Totp.awaitRoom(15);
            String earlier = totp.earlierCode();
            String now = totp.code();
            String next = totp.nextCode();
            second.assertOpens(pat, now);

            assertThat(second.grant(pat, earlier).status()).isEqualTo(SecondFactor.REFUSED);
            assertThat(second.grant(pat, now).status()).isEqualTo(SecondFactor.REFUSED);
            second.assertOpens(pat, next);
        });
    }

    @Test
    void aCodeOfATokenThatCountsWorksOnce() {
        Totp token = Totp.countingOf(gatehouse.realm(), pat);
        gatehouse.attributes().during(ON, () -> {
            List<Integer> answers =
                    AtOnce.times(16, i -> second.grant(pat, token.numbered(0)).status());

            assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
            // The others spent what there was: a lost race is a wrong code.
            assertThat(compared()).isBetween(0, 5);
            assertThat(StoredDevice.of(sealed.database(), pat).detail("counter"))
                    .isEqualTo("1");
            assertThat(StoredDevice.of(sealed.database(), pat).value()).startsWith("v1.");
        });
    }

    @Test
    void whatSomebodySpendsBelongsToNobodyElse() {
        Totp totp = Totp.of(gatehouse.realm(), pat);
        Person quinn = gatehouse.aPerson().create();
        Totp other = Totp.of(gatehouse.realm(), quinn);
        gatehouse.attributes().during(ON, () -> {
            for (int i = 0; i < 6; i++) {
                second.grant(pat, totp.wrong(i));
            }

            App app = gatehouse.app();
            Outcome.assertSignedIn(app, SecondFactor.type(second.page(app, quinn), other.code()), quinn);
        });
    }

    @Test
    void aBrowserThatSignedInBeforeHasABudgetOfItsOwn() {
        Totp totp = Totp.of(gatehouse.realm(), pat);
        gatehouse.attributes().during(ON, () -> {
            Browser known = Browser.fresh();
            App first = gatehouse.app();
            Page page = Guesser.type(Guesser.form(first, known), pat.username(), pat.password());
            first.tokens(SecondFactor.type(page, totp.earlierCode()));
            gatehouse.realm().users().get(pat.id()).logout();
            for (int i = 0; i < 6; i++) {
                second.grant(pat, totp.wrong(i));
            }
            second.assertShut(pat, totp.code());

            App again = gatehouse.app();
            Page home = Guesser.type(Guesser.form(again, known), pat.username(), pat.password());

            Outcome.assertSignedIn(again, SecondFactor.type(home, totp.nextCode()), pat);
        });
    }
}
