// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What a caller is told: RFC 6750, section 3, and RFC 9470, section 3. */
final class ChallengeTest {

    private final TestRealm realm = new TestRealm();
    private final TokenVerifier verifier = realm.verifier().build();

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void tellsACallerWithoutTokenThatOneIsNeededAndNothingElse() {
        Challenge challenge = Challenge.of(Refusal.MISSING, "");

        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.headers())
                .containsEntry("WWW-Authenticate", "Bearer realm=\"api\"")
                .containsEntry("Cache-Control", "no-store")
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MISSING", "AMBIGUOUS", "ORIGIN_REFUSED", "KEYS_UNAVAILABLE", "ROLE_MISSING", "STEP_UP_REQUIRED"})
    void tellsACallerWithABadTokenThatItIsBad(Refusal refusal) {
        Challenge challenge = Challenge.of(refusal, "");

        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.headers())
                .containsEntry(
                        "WWW-Authenticate",
                        "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The access token is not valid\"");
    }

    @Test
    void answersTwoTokensWithABadRequest() {
        Challenge challenge = Challenge.of(Refusal.AMBIGUOUS, "");

        assertThat(challenge.status()).isEqualTo(400);
        assertThat(challenge.headers().get("WWW-Authenticate")).contains("error=\"invalid_request\"");
    }

    @Test
    void answersAForeignOriginWithoutAChallenge() {
        assertThat(Challenge.of(Refusal.ORIGIN_REFUSED, "").status()).isEqualTo(403);
        assertThat(Challenge.of(Refusal.ORIGIN_REFUSED, "").headers()).doesNotContainKey("WWW-Authenticate");
    }

    @Test
    void asksForPatienceWhenThereAreNoKeys() {
        Challenge challenge = Challenge.of(Refusal.KEYS_UNAVAILABLE, "");

        assertThat(challenge.status()).isEqualTo(503);
        assertThat(challenge.headers()).containsEntry("Retry-After", "5").doesNotContainKey("WWW-Authenticate");
    }

    @Test
    void letsARolePassOrAnswers403() throws Exception {
        VerifiedToken token = verifier.verify(realm.token().signed());
        token.requireRole("clerk");

        for (String role : List.of("admin", "Clerk", "cler", "")) {
            TokenRefusedException refused = TestRealm.refused(() -> token.requireRole(role));
            assertThat(refused.refusal()).isEqualTo(Refusal.ROLE_MISSING);
            assertThat(refused.challenge().status()).isEqualTo(403);
            assertThat(refused.challenge().headers().get("WWW-Authenticate"))
                    .contains("error=\"insufficient_scope\"")
                    .doesNotContain("admin");
        }
    }

    @Test
    void letsAStrongSignInPassOrSaysWhichIsNeeded() throws Exception {
        VerifiedToken token = verifier.verify(realm.token().signed());
        token.requireAcr(List.of("platinum", "gold"));

        TokenRefusedException refused = TestRealm.refused(() -> token.requireAcr(List.of("platinum", "diamond")));
        assertThat(refused.refusal()).isEqualTo(Refusal.STEP_UP_REQUIRED);
        assertThat(refused.challenge().status()).isEqualTo(401);
        assertThat(refused.challenge().headers().get("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"api\", error=\"insufficient_user_authentication\", "
                        + "error_description=\"A different or a more recent authentication is required\", "
                        + "acr_values=\"platinum diamond\"");
        VerifiedToken silent = verifier.verify(realm.token().without("acr").signed());
        assertThat(TestRealm.refusal(() -> silent.requireAcr(List.of("gold")))).isEqualTo(Refusal.STEP_UP_REQUIRED);
    }

    @Test
    void letsARecentSignInPassOrSaysHowRecentItHasToBe() throws Exception {
        VerifiedToken token = verifier.verify(realm.token().signed());
        token.requireAcr(List.of("gold"), Duration.ofSeconds(60));

        TokenRefusedException refused =
                TestRealm.refused(() -> token.requireAcr(List.of("gold"), Duration.ofSeconds(59)));
        assertThat(refused.refusal()).isEqualTo(Refusal.STEP_UP_REQUIRED);
        assertThat(refused.challenge().headers().get("WWW-Authenticate"))
                .endsWith("acr_values=\"gold\", max_age=\"59\"");
        VerifiedToken silent =
                verifier.verify(realm.token().without("auth_time").signed());
        assertThat(TestRealm.refusal(() -> silent.requireAcr(List.of("gold"), Duration.ofDays(1))))
                .isEqualTo(Refusal.STEP_UP_REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"", "a\\", "a\r\nSet-Cookie: x", "\u00e9"})
    void refusesToSendWhatDoesNotFitIntoAHeader(String acr) throws Exception {
        VerifiedToken token = verifier.verify(realm.token().signed());

        assertThatIllegalArgumentException().isThrownBy(() -> token.requireAcr(List.of(acr)));
    }

    @Test
    void refusesRequirementsThatMakeNoSense() throws Exception {
        VerifiedToken token = verifier.verify(realm.token().signed());

        assertThatIllegalArgumentException().isThrownBy(() -> token.requireAcr(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> token.requireAcr(List.of("gold"), Duration.ofSeconds(-1)));
    }
}
