// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import dev.gatehouse.samples.KitRealm;
import dev.gatehouse.samples.MeFunction;
import dev.gatehouse.verifier.Algorithm;
import dev.gatehouse.verifier.TokenVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.ClientRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** The sample function, in front of tokens of the real realm and of tokens that only look like them. */
@ExtendWith(KeycloakServer.class)
class FunctionIT {

    private final Gatehouse gatehouse;
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private MeFunction function;

    FunctionIT(Gatehouse gatehouse) throws Exception {
        this.gatehouse = gatehouse;
        this.function = functionFor(gatehouse.issuer().toString(), KitRealm.AUDIENCE);
    }

    private MeFunction functionFor(String issuer, String audience) throws Exception {
        TokenVerifier verifier = KitRealm.verifier(issuer, audience)
                .jwksUri(URI.create(gatehouse.issuer() + "/protocol/openid-connect/certs"))
                .build();
        return MeFunction.start(verifier, List.of(), 0, refusals::add);
    }

    @BeforeEach
    void nothingRefusedYet() {
        refusals.clear();
    }

    @AfterEach
    void stop() {
        function.close();
    }

    private Page call(String... authorization) {
        URI me = URI.create("http://127.0.0.1:" + function.port() + "/me");
        return authorization.length == 0
                ? Browser.fresh().requests().get(me)
                : Browser.fresh()
                        .requests()
                        .with("Authorization", authorization[0])
                        .get(me);
    }

    private App.Tokens signedIn(Person pat) {
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
        signIn.confirm(signIn.link());
        return signIn.app().tokens(signIn.goOn());
    }

    private String token() {
        return signedIn(gatehouse.aPerson().create()).access();
    }

    private void assertRefused(String token, String reason) {
        Page answer = call("Bearer " + token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(refusals).anyMatch(line -> line.contains(reason)).noneMatch(line -> line.contains(token));
    }

    @Test
    void itAcceptsTheTokenOfASignInByLink() {
        Person pat = gatehouse.aPerson().create();

        Page answer = call("Bearer " + signedIn(pat).access());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.html()).contains(pat.id(), pat.username());
    }

    @Test
    void itAcceptsAnEs256TokenOfTheSameRealm() {
        ClientRepresentation app =
                gatehouse.realm().clients().findByClientId("gatehouse-app").get(0);
        app.getAttributes().put("access.token.signed.response.alg", "ES256");
        gatehouse.realm().clients().get(app.getId()).update(app);
        try {
            String token = token();
            assertThat(header(token)).contains("\"alg\":\"ES256\"");
            assertThat(call("Bearer " + token).status()).isEqualTo(200);
        } finally {
            app.getAttributes().put("access.token.signed.response.alg", "");
            gatehouse.realm().clients().get(app.getId()).update(app);
        }
    }

    @Test
    void itRefusesACallWithoutAToken() {
        Page answer = call();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer").doesNotContain("error");
    }

    @Test
    void itRefusesAnExpiredToken() {
        ClientRepresentation app =
                gatehouse.realm().clients().findByClientId("gatehouse-app").get(0);
        app.getAttributes().put("access.token.lifespan", "1");
        gatehouse.realm().clients().get(app.getId()).update(app);
        try {
            function.close();
            function = MeFunction.start(
                    TokenVerifier.forIssuer(gatehouse.issuer().toString())
                            .audience(KitRealm.AUDIENCE)
                            .algorithms(Algorithm.RS256)
                            .clockSkew(Duration.ZERO)
                            .build(),
                    List.of(),
                    0,
                    refusals::add);
            String token = token();
            Page late = Eventually.get(() -> call("Bearer " + token), answer -> answer.status() == 401);
            assertThat(late.status()).isEqualTo(401);
            assertThat(refusals).anyMatch(line -> line.contains("EXPIRED"));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        } finally {
            app.getAttributes().put("access.token.lifespan", "");
            gatehouse.realm().clients().get(app.getId()).update(app);
        }
    }

    @Test
    void itRefusesATokenForAnotherAudience() throws Exception {
        String token = token();
        function.close();
        function = functionFor(gatehouse.issuer().toString(), "another-api");

        assertRefused(token, "WRONG_AUDIENCE");
    }

    @Test
    void itRefusesATokenOfAnotherIssuer() throws Exception {
        String token = token();
        function.close();
        function = functionFor("https://id.example.com/realms/gatehouse", KitRealm.AUDIENCE);

        assertRefused(token, "WRONG_ISSUER");
    }

    @Test
    void itRefusesATokenOfTheMasterRealm() {
        assertRefused(gatehouse.admin().tokenManager().getAccessTokenString(), "WRONG_TYPE");
    }

    @Test
    void itRefusesTheIdTokenAndTheRefreshTokenOfTheSameSignIn() {
        App.Tokens tokens = signedIn(gatehouse.aPerson().create());

        assertThat(call("Bearer " + tokens.id()).status()).isEqualTo(401);
        assertThat(call("Bearer " + tokens.refresh()).status()).isEqualTo(401);
    }

    @Test
    void itRefusesATokenThatSaysItNeedsNoSignature() {
        String[] parts = token().split("\\.", -1);
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            String header = base64(header(String.join(".", parts)).replace("RS256", none));
            assertRefused(header + "." + parts[1] + ".", "WRONG_ALGORITHM");
            assertRefused(header + "." + parts[1] + "." + parts[2], "WRONG_ALGORITHM");
        }
    }

    @Test
    void itRefusesATokenSignedWithThePublicKeyAsAnHmacSecret() throws Exception {
        String token = token();
        RSAKey key = (RSAKey) keys().getKeyByKeyId(keyId(token));
        for (byte[] secret : List.of(
                key.toRSAPublicKey().getEncoded(),
                pem(key).getBytes(StandardCharsets.US_ASCII),
                key.getModulus().decode())) {
            JWSObject forged = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(keyId(token))
                            .type(new JOSEObjectType("at+jwt"))
                            .build(),
                    new Payload(payload(token)));
            forged.sign(new MACSigner(secret));

            assertRefused(forged.serialize(), "WRONG_ALGORITHM");
        }
    }

    @Test
    void itRefusesATokenSignedBySomebodyElseUnderTheRealmsKeyId() throws Exception {
        String token = token();
        RSAKey own = new RSAKeyGenerator(2048).keyID(keyId(token)).generate();
        JWSObject forged = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(keyId(token))
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                new Payload(payload(token)));
        forged.sign(new RSASSASigner(own));

        assertRefused(forged.serialize(), "BAD_SIGNATURE");
    }

    @Test
    void itRefusesATokenWithASingleOtherByte() {
        String token = token();
        String[] parts = token.split("\\.", -1);
        String claims = payload(token).replace("\"sub\":\"", "\"sub\":\"0");

        assertRefused(parts[0] + "." + base64(claims) + "." + parts[2], "BAD_SIGNATURE");
        char first = parts[2].charAt(0);
        assertRefused(
                parts[0] + "." + parts[1] + "." + (first == 'A' ? 'B' : 'A') + parts[2].substring(1), "BAD_SIGNATURE");
    }

    private JWKSet keys() throws Exception {
        return JWKSet.load(URI.create(gatehouse.issuer() + "/protocol/openid-connect/certs")
                .toURL());
    }

    private static String keyId(String token) {
        return header(token).replaceAll(".*\"kid\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    private static String header(String token) {
        return decoded(token.split("\\.", -1)[0]);
    }

    private static String payload(String token) {
        return decoded(token.split("\\.", -1)[1]);
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String pem(RSAKey key) throws Exception {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.toRSAPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
