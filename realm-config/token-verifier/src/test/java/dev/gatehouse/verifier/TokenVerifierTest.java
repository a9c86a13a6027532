// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a good token tells, and every way in which its claims and its header can be wrong though the signature is right. */
final class TokenVerifierTest {

    private final TestRealm realm = new TestRealm();
    private final TokenVerifier verifier = realm.verifier().build();
    private final Instant now = realm.time.instant();

    @AfterEach
    void close() {
        realm.close();
    }

    private Refusal refusal(TestToken token) {
        return TestRealm.refusal(() -> verifier.verify(token.signed()));
    }

    @Test
    void tellsWhatATokenSays() throws Exception {
        VerifiedToken token =
                verifier.verify(realm.token().claim("plan", Map.of("seats", 3)).signed());

        assertThat(token.subject()).isEqualTo("0d3e7a52-8f58-4d21-9f8e-6c5f7b1d2a90");
        assertThat(token.username()).contains("ada");
        assertThat(token.roles()).containsExactlyInAnyOrder("clerk", "user");
        assertThat(token.issuer()).isEqualTo(realm.issuer);
        assertThat(token.audience()).containsExactly("gatehouse-api");
        assertThat(token.clientId()).contains("gatehouse-web");
        assertThat(token.sessionId()).contains("b1f2c3d4");
        assertThat(token.tokenId()).contains("onrtac:6f3c");
        assertThat(token.acr()).contains("gold");
        assertThat(token.amr()).containsExactly("pwd", "otp");
        assertThat(token.issuedAt()).isEqualTo(now);
        assertThat(token.expiresAt()).isEqualTo(now.plusSeconds(600));
        assertThat(token.authTime()).contains(now.minusSeconds(60));
        assertThat(token.verifiedAt()).isEqualTo(now);
        assertThat(token.claims()).containsEntry("plan", Map.of("seats", new BigDecimal(3)));
    }

    @Test
    void acceptsATokenSignedWithES256() throws Exception {
        assertThat(verifier.verify(realm.token().es256().signed()).username()).contains("ada");
    }

    @Test
    void acceptsATokenThatHasOnlyWhatItMust() throws Exception {
        TestToken bare = realm.token();
        for (String name : List.of("auth_time", "jti", "typ", "azp", "sid", "acr", "amr", "username", "roles")) {
            bare.without(name);
        }
        VerifiedToken token = verifier.verify(bare.signed());

        assertThat(token.roles()).isEmpty();
        assertThat(token.amr()).isEmpty();
        assertThat(token.username()).isEmpty();
        assertThat(token.authTime()).isEmpty();
        assertThat(token.sessionId()).isEmpty();
    }

    @Test
    void takesTheAuthorizedPartyForTheClientWhereThereIsNoClientId() throws Exception {
        assertThat(verifier.verify(realm.token()
                                .without("client_id")
                                .claim("azp", "app")
                                .signed())
                        .clientId())
                .contains("app");
    }

    @Test
    void takesAClaimThatIsNullForAbsent() throws Exception {
        String payload = realm.token().claimsJson().replace("\"sid\":\"b1f2c3d4\"", "\"sid\":null,\"nbf\":null");
        VerifiedToken token = verifier.verify(TestToken.signed(realm.token().headerJson(), payload));

        assertThat(token.sessionId()).isEmpty();
        assertThat(token.claims()).containsEntry("sid", null);
    }

    @Test
    void letsNobodyChangeTheClaims() throws Exception {
        VerifiedToken token = verifier.verify(
                realm.token().claim("deep", Map.of("list", List.of(1))).signed());

        assertThatThrownBy(() -> token.claims().remove("exp")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> token.roles().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) requireNonNull(token.claims().get("deep"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) requireNonNull(token.claims().get("roles"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void showsNeitherTokenNorClaimsAsText() throws Exception {
        String signed = realm.token().signed();

        assertThat(verifier.verify(signed).toString())
                .contains("gatehouse-web")
                .doesNotContain("clerk", "b1f2c3d4", "onrtac", signed.substring(signed.length() - 20));
    }

    @Test
    void saysThatThereIsNoToken() {
        assertThat(TestRealm.refusal(() -> verifier.verify(null))).isEqualTo(Refusal.MISSING);
        assertThat(TestRealm.refusal(() -> verifier.verify(""))).isEqualTo(Refusal.MISSING);
        assertThat(realm.server.fetches()).isZero();
    }

    @Test
    void refusesAnotherIssuer() {
        assertThat(refusal(realm.token().claim("iss", realm.issuer + "/"))).isEqualTo(Refusal.WRONG_ISSUER);
        assertThat(refusal(realm.token().claim("iss", realm.issuer.toUpperCase(Locale.ROOT))))
                .isEqualTo(Refusal.WRONG_ISSUER);
        assertThat(refusal(realm.token().claim("iss", List.of(realm.issuer)))).isEqualTo(Refusal.BAD_CLAIM);
        assertThat(refusal(realm.token().without("iss"))).isEqualTo(Refusal.BAD_CLAIM);
    }

    @Test
    void refusesAnotherAudience() {
        assertThat(refusal(realm.token().without("aud"))).isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(refusal(realm.token().claim("aud", "account"))).isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(refusal(realm.token().claim("aud", "gatehouse-web")))
                .as("the client's own id is no API")
                .isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(refusal(realm.token().claim("aud", "gatehouse-api2"))).isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(refusal(realm.token().claim("aud", "GATEHOUSE-API"))).isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(refusal(realm.token().claim("aud", "gatehouse-api account")))
                .as("one text is one audience")
                .isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(refusal(realm.token().claim("aud", List.of()))).isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(refusal(realm.token().claim("aud", List.of("gatehouse-api", 7))))
                .isEqualTo(Refusal.BAD_CLAIM);
        assertThat(refusal(realm.token().claim("aud", Map.of("gatehouse-api", true))))
                .isEqualTo(Refusal.BAD_CLAIM);
    }

    @Test
    void acceptsItsAudienceAmongOthers() throws Exception {
        VerifiedToken token = verifier.verify(realm.token()
                .claim("aud", List.of("account", "gatehouse-api", "account"))
                .signed());

        assertThat(token.audience()).containsExactlyInAnyOrder("account", "gatehouse-api");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "Refresh", "Offline", "Logout", "DPoP", "bearer", "", "JWT"})
    void refusesWhateverTheTypeClaimCallsByAnotherName(String type) {
        assertThat(refusal(realm.token().claim("typ", type))).isEqualTo(Refusal.WRONG_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "dpop+jwt", "logout+jwt", "", "at+jwt ", "application/application/at+jwt"})
    void refusesAnotherTypeInTheHeader(String type) {
        assertThat(refusal(realm.token().header("typ", type))).isEqualTo(Refusal.WRONG_TYPE);
    }

    @Test
    void refusesAHeaderWithoutType() {
        assertThat(refusal(realm.token().withoutHeader("typ"))).isEqualTo(Refusal.WRONG_TYPE);
        assertThat(refusal(realm.token().header("typ", 1))).isEqualTo(Refusal.WRONG_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
    void comparesTheTypeAsMediaTypesAreCompared(String type) throws Exception {
        assertThat(verifier.verify(realm.token().header("typ", type).signed()).username())
                .contains("ada");
    }

    @Test
    void takesTheTypeThatItIsToldToTake() throws Exception {
        TokenVerifier plain = realm.verifier().tokenType("JWT").build();

        assertThat(plain.verify(realm.token().header("typ", "JWT").signed()).username())
                .contains("ada");
        assertThat(TestRealm.refusal(() -> plain.verify(realm.token().signed())))
                .isEqualTo(Refusal.WRONG_TYPE);
    }

    @Test
    void refusesATokenThatIsBoundToItsHolder() {
        assertThat(refusal(
                        realm.token().claim("cnf", Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"))))
                .isEqualTo(Refusal.SENDER_CONSTRAINED);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "29, true", "30, false", "31, false", "86400, false"})
    void acceptsATokenUntilTheSkewAfterItsEndIsOver(long secondsAfter, boolean accepted) throws Exception {
        String token = realm.token().signed();
        realm.time.moveTo(now.plusSeconds(600 + secondsAfter));

        if (accepted) {
            assertThat(verifier.verify(token).username()).contains("ada");
        } else {
            assertThat(TestRealm.refusal(() -> verifier.verify(token))).isEqualTo(Refusal.EXPIRED);
        }
    }

    @Test
    void acceptsNothingPastItsEndWithoutSkew() throws Exception {
        TokenVerifier exact = realm.verifier().clockSkew(Duration.ZERO).build();
        String token = realm.token().signed();
        realm.time.moveTo(now.plusSeconds(600).minusNanos(1));
        assertThat(exact.verify(token).username()).contains("ada");

        realm.time.moveTo(now.plusSeconds(600));
        assertThat(TestRealm.refusal(() -> exact.verify(token))).isEqualTo(Refusal.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "nbf"})
    void refusesATokenFromTheFuture(String claim) throws Exception {
        assertThat(verifier.verify(realm.token()
                                .claim(claim, now.getEpochSecond() + 29)
                                .signed())
                        .username())
                .contains("ada");
        for (String ahead : List.of("30", "30.5", "31", "3600")) {
            BigDecimal start = BigDecimal.valueOf(now.getEpochSecond()).add(new BigDecimal(ahead));
            assertThat(refusal(realm.token().claim(claim, start).claim("exp", now.getEpochSecond() + 3700)))
                    .isEqualTo(Refusal.NOT_YET_VALID);
        }
    }

    @Test
    void dropsTheFractionOfTheEnd() throws Exception {
        String token = realm.token()
                .claim("exp", new BigDecimal(now.getEpochSecond() + ".9"))
                .claim("iat", now.getEpochSecond() - 10)
                .signed();
        assertThat(verifier.verify(token).expiresAt()).isEqualTo(now);

        realm.time.moveTo(now.plusSeconds(30));
        assertThat(TestRealm.refusal(() -> verifier.verify(token))).isEqualTo(Refusal.EXPIRED);
    }

    @Test
    void refusesATokenThatLivesTooLong() throws Exception {
        assertThat(verifier.verify(realm.token()
                                .claim("exp", now.getEpochSecond() + 3600)
                                .signed())
                        .username())
                .contains("ada");
        assertThat(refusal(realm.token().claim("exp", now.getEpochSecond() + 3601)))
                .isEqualTo(Refusal.LIFETIME_TOO_LONG);

        TokenVerifier strict =
                realm.verifier().maxLifetime(Duration.ofMinutes(5)).build();
        assertThat(TestRealm.refusal(() -> strict.verify(realm.token().signed())))
                .isEqualTo(Refusal.LIFETIME_TOO_LONG);
    }

    @Test
    void refusesATokenThatEndsBeforeItBegins() {
        assertThat(refusal(
                        realm.token().claim("iat", now.getEpochSecond() + 10).claim("exp", now.getEpochSecond() + 10)))
                .isEqualTo(Refusal.BAD_CLAIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat"})
    void refusesATokenWithoutTimes(String claim) {
        assertThat(refusal(realm.token().without(claim))).isEqualTo(Refusal.BAD_CLAIM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1777888000\"",
                "-1",
                "-0.1",
                "1e400",
                "-1e400",
                "1e999999999",
                "9e99",
                "253402300800",
                "true",
                "[1]",
                "{}",
                "null",
                "NaN",
                "Infinity",
                "0x6A",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "1777888000000"
            })
    void refusesAnEndThatIsNoTime(String end) {
        String payload = realm.token().claimsJson().replaceFirst("\"exp\":\\d+", "\"exp\":" + end);

        assertThat(TestRealm.refusal(
                        () -> verifier.verify(TestToken.signed(realm.token().headerJson(), payload))))
                .isIn(Refusal.BAD_CLAIM, Refusal.MALFORMED);
    }

    @Test
    void readsTimesInEverySpellingOfANumber() throws Exception {
        String payload = realm.token().claimsJson().replaceFirst("\"exp\":\\d+", "\"exp\":17778894.00E2");
        assertThat(verifier.verify(TestToken.signed(realm.token().headerJson(), payload))
                        .expiresAt())
                .isEqualTo(Instant.ofEpochSecond(1777889400));
    }

    @Test
    void refusesClaimsOfTheWrongKind() {
        for (String name : List.of("sub", "username", "client_id", "sid", "jti", "acr", "typ")) {
            assertThat(refusal(realm.token().claim(name, 7))).as(name).isEqualTo(Refusal.BAD_CLAIM);
        }
        assertThat(refusal(realm.token().claim("sub", ""))).isEqualTo(Refusal.BAD_CLAIM);
        assertThat(refusal(realm.token().without("sub"))).isEqualTo(Refusal.BAD_CLAIM);
        assertThat(refusal(realm.token().claim("roles", "clerk"))).isEqualTo(Refusal.BAD_CLAIM);
        assertThat(refusal(realm.token().claim("roles", List.of("clerk", 1)))).isEqualTo(Refusal.BAD_CLAIM);
        assertThat(refusal(realm.token().claim("amr", Map.of()))).isEqualTo(Refusal.BAD_CLAIM);
        assertThat(refusal(realm.token().claim("auth_time", "now"))).isEqualTo(Refusal.BAD_CLAIM);
        assertThat(refusal(realm.token().claim("nbf", "0"))).isEqualTo(Refusal.BAD_CLAIM);
    }

    @Test
    void namesWhatWasWrongAndNeverTheToken() {
        for (TestToken wrong : List.of(
                realm.token().claim("aud", "other"),
                realm.token().claim("iss", "https://evil.example/\n\u001b[31m'x"),
                realm.token().header("alg", "HS256"),
                realm.token().header("kid", "nobody\r\nFAKE"),
                realm.token().claim("exp", 1))) {
            String signed = wrong.signed();
            String message = TestRealm.refused(() -> verifier.verify(signed)).getMessage();
            assertThat(message).matches("[A-Z_]+: [ -~]+");
            for (String part : signed.split("\\.", -1)) {
                assertThat(message).doesNotContain(part);
            }
        }
    }

    @Test
    void hasNoStackTraceToPayFor() {
        assertThat(TestRealm.refused(() -> verifier.verify("a.b.c")).getStackTrace())
                .isEmpty();
    }
}
