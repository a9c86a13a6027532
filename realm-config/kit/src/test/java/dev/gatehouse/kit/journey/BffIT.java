// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakServer;
import dev.gatehouse.realm.TokenContract;
import dev.gatehouse.samples.KitRealm;
import dev.gatehouse.verifier.Refusal;
import dev.gatehouse.verifier.TokenRefusedException;
import dev.gatehouse.verifier.TokenVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The client for backends: it proves who it is by its key (RFC 7523), and hears of people who sign out. */
@ExtendWith(KeycloakServer.class)
class BffIT {

    private final Gatehouse gatehouse;
    private final TokenVerifier verifier;
    private final Bff bff;

    BffIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
        this.verifier = KitRealm.verifier(gatehouse.issuer().toString(), KitRealm.AUDIENCE)
                .build();
        this.bff = Bff.start(gatehouse);
    }

    @AfterEach
    void off() {
        bff.close();
    }

    private Page callback(App app, Browser browser) {
        Person pat = gatehouse.aPerson().create();
        return app.signIn(browser)
                .press("Username and password")
                .form()
                .forge("username", pat.username())
                .forge("password", pat.password())
                .enter();
    }

    private App.Tokens signedIn(Browser browser) {
        App app = bff.app();
        return app.tokens(callback(app, browser), bff.proof());
    }

    /** The answer to a good code that comes with this proof. */
    private Page exchange(Map<String, String> proof) {
        App app = bff.app();
        return app.exchange(callback(app, Browser.fresh()).query().getOrDefault("code", ""), proof);
    }

    private static void assertRefused(Page answer) {
        assertThat(answer.status()).as(answer.html()).isIn(400, 401);
        assertThat(Json.of(answer).get("error").asText())
                .isIn("invalid_client", "unauthorized_client", "invalid_client_credentials");
        assertThat(answer.html()).doesNotContain("access_token");
    }

    @Test
    void itsTokensAreAsPromisedAndAFunctionTakesThem() throws TokenRefusedException {
        App.Tokens tokens = signedIn(Browser.fresh());

        assertThat(TokenContract.ofShippedRealm().problems(App.Tokens.header(tokens.access()), tokens.claims(), true))
                .isEmpty();
        assertThat(verifier.verify(tokens.access()).clientId()).contains("gatehouse-bff");
    }

    @Test
    void itsRefreshTokenNeedsANewProof() {
        App.Tokens tokens = signedIn(Browser.fresh());

        assertRefused(bff.refresh(tokens.refresh(), Map.of()));
        Page answer = bff.refresh(tokens.refresh(), bff.proof());
        assertThat(answer.status()).as(answer.html()).isEqualTo(200);
    }

    @Test
    void withoutAProofOrWithASecretItGetsNothing() {
        assertRefused(exchange(Map.of()));
        assertRefused(exchange(Map.of("client_secret", "a guess")));
        String secret = gatehouse
                .realm()
                .clients()
                .get(gatehouse
                        .realm()
                        .clients()
                        .findByClientId("gatehouse-bff")
                        .get(0)
                        .getId())
                .generateNewSecret()
                .getValue();
        assertRefused(exchange(Map.of("client_secret", secret)));
    }

    @Test
    void aProofOfAnotherKeyIsNone() {
        assertRefused(exchange(bff.proof(Bff.newKey(), claims -> {})));
    }

    @Test
    @AllowedInLog("KC-SERVICES0025: Error when validating client assertion")
    void aProofSignedByNobodyOrWithASharedSecretIsNone() throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("gatehouse-bff")
                .subject("gatehouse-bff")
                .audience(gatehouse.issuer().toString())
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build();
        assertRefused(exchange(Bff.asserting(new PlainJWT(claims).serialize())));

        SignedJWT shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        shared.sign(new MACSigner("0123456789abcdef0123456789abcdef"));
        assertRefused(exchange(Bff.asserting(shared.serialize())));
        assertRefused(exchange(Bff.asserting("nonsense")));
    }

    @Test
    void aProofWorksOnce() {
        Map<String, String> proof = bff.proof();

        assertThat(exchange(proof).status()).isEqualTo(200);
        assertRefused(exchange(proof));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example.org/realms/gatehouse",
                "gatehouse-bff",
                "gatehouse-api",
                "http://127.0.0.1/realms/gatehouse"
            })
    void aProofForSomebodyElseIsNone(String audience) {
        assertRefused(exchange(bff.proof(claims -> claims.audience(audience))));
    }

    @Test
    void aProofForSeveralIsNone() {
        // Whoever else it is for could show it here (RFC 7523bis).
        assertRefused(exchange(bff.proof(
                claims -> claims.audience(List.of(gatehouse.issuer().toString(), "https://api.example.org")))));
    }

    @Test
    void aProofThatHasRunOutOrIsForLaterIsNone() {
        Instant now = Instant.now();

        assertRefused(exchange(bff.proof(claims -> claims.expirationTime(Date.from(now.minusSeconds(60))))));
        assertRefused(exchange(bff.proof(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(120))))));
        assertRefused(exchange(bff.proof(claims ->
                claims.issueTime(Date.from(now.minus(Duration.ofDays(1)))).expirationTime(null))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "jti", "exp"})
    void aProofWithoutOneOfItsClaimsIsNone(String claim) {
        assertRefused(exchange(bff.proof(claims -> claims.claim(claim, null))));
    }

    @Test
    void aProofOfAnotherClientIsNone() {
        assertRefused(
                exchange(bff.proof(claims -> claims.issuer("gatehouse-app").subject("gatehouse-app"))));
        assertRefused(exchange(bff.proof(claims -> claims.issuer("gatehouse-app"))));
    }

    @Test
    void whoSignsOutIsSignedOutOfTheBackend() {
        Browser browser = Browser.fresh();
        App.Tokens tokens = signedIn(browser);

        browser.open(gatehouse.issuer() + "/protocol/openid-connect/logout?id_token_hint=" + tokens.id());

        String token = bff.logout();
        JsonNode claims = App.Tokens.payload(token);
        assertThat(App.Tokens.header(token).get("typ").asText()).isEqualTo("logout+jwt");
        assertThat(claims.get("sid").asText())
                .isEqualTo(tokens.claims().get("sid").asText());
        assertThat(claims.get("sub").asText())
                .isEqualTo(tokens.claims().get("sub").asText());
        assertThat(claims.get("aud").asText()).isEqualTo("gatehouse-bff");
        assertThat(claims.get("iss").asText()).isEqualTo(gatehouse.issuer().toString());
        assertThat(claims.get("events").has("http://schemas.openid.net/event/backchannel-logout"))
                .isTrue();
        assertThat(claims.has("nonce")).isFalse();
        assertThat(catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(token))
                        .refusal())
                .as("no function takes it for an access token")
                .isEqualTo(Refusal.WRONG_TYPE);
        assertThat(bff.refresh(tokens.refresh(), bff.proof()).status()).isEqualTo(400);
    }

    @Test
    void whomAnAdminSignsOutIsSignedOutOfTheBackend() {
        App.Tokens tokens = signedIn(Browser.fresh());

        gatehouse.realm().users().get(tokens.claims().get("sub").asText()).logout();

        assertThat(App.Tokens.payload(bff.logout()).get("sid").asText())
                .isEqualTo(tokens.claims().get("sid").asText());
    }

    @Test
    void untilItIsSwitchedOnNobodySignsInByIt() {
        bff.close();

        Page answer = bff.app().signIn(Browser.fresh());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.isAtStop()).isFalse();
    }
}
