// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tokens as an attacker makes them. */
final class AttackTest {

    private final TestRealm realm = new TestRealm();
    private final TokenVerifier verifier = realm.verifier().build();

    @AfterEach
    void close() {
        realm.close();
    }

    private Refusal refusal(String token) {
        return TestRealm.refusal(() -> verifier.verify(token));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none", "None", "nOnE", "NONE", "", "HS256", "hs256", "RS256 ", "rs256", "RS384", "PS256", "ES384",
                "EdDSA"
            })
    void refusesEveryAlgorithmThatIsNotAllowed(String alg) {
        TestToken token = realm.token().header("alg", alg);

        assertThat(refusal(token.unsigned() + ".")).isEqualTo(Refusal.WRONG_ALGORITHM);
        assertThat(refusal(token.signed())).isEqualTo(Refusal.WRONG_ALGORITHM);
        assertThat(realm.server.fetches()).as("no key is asked for").isZero();
    }

    @Test
    void refusesATokenWithoutAlgorithmOrWithoutSignature() {
        assertThat(refusal(realm.token().withoutHeader("alg").signed())).isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(realm.token().header("alg", List.of("RS256")).signed()))
                .isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(realm.token().unsigned() + ".")).isEqualTo(Refusal.BAD_SIGNATURE);
        assertThat(refusal(realm.token().es256().unsigned() + ".")).isEqualTo(Refusal.BAD_SIGNATURE);
    }

    @Test
    void refusesATokenSignedWithThePublicKeyAsHmacSecret() throws Exception {
        RSAPublicKey key = (RSAPublicKey) TestKeys.RSA.getPublic();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        List<byte[]> secrets = List.of(
                key.getEncoded(),
                pem.getBytes(StandardCharsets.US_ASCII),
                pem.strip().getBytes(StandardCharsets.US_ASCII),
                key.getModulus().toByteArray(),
                TestKeys.number(key.getModulus()).getBytes(StandardCharsets.US_ASCII));
        for (byte[] secret : secrets) {
            for (String alg : List.of("HS256", "RS256")) {
                String unsigned = realm.token().header("alg", alg).unsigned();
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                String token = unsigned + "." + TestKeys.base64(mac.doFinal(TestToken.ascii(unsigned)));
                assertThat(refusal(token)).isIn(Refusal.WRONG_ALGORITHM, Refusal.BAD_SIGNATURE);
            }
        }
    }

    @Test
    void refusesAnotherKeysSignatureUnderTheName() {
        assertThat(refusal(realm.token().signed("SHA256withRSA", TestKeys.OTHER_RSA.getPrivate())))
                .isEqualTo(Refusal.BAD_SIGNATURE);
        assertThat(refusal(
                        realm.token().es256().signed("SHA256withECDSAinP1363Format", TestKeys.OTHER_EC.getPrivate())))
                .isEqualTo(Refusal.BAD_SIGNATURE);
    }

    @Test
    void refusesAnAllowedAlgorithmThatTheKeyIsNotFor() {
        assertThat(refusal(realm.token().header("kid", "ec").signed())).isEqualTo(Refusal.WRONG_ALGORITHM);
        assertThat(refusal(realm.token().es256().header("kid", "rsa").signed())).isEqualTo(Refusal.WRONG_ALGORITHM);
        assertThat(realm.server.fetches())
                .as("the key is known, only not for this")
                .isEqualTo(1);
    }

    @Test
    void refusesAnAlgorithmOfTheKeySetThatWasNotAllowed() {
        TokenVerifier onlyRsa = TokenVerifier.forIssuer(realm.issuer)
                .audience("gatehouse-api")
                .algorithms(Algorithm.RS256)
                .time(realm.time)
                .build();

        assertThat(TestRealm.refusal(() -> onlyRsa.verify(realm.token().es256().signed())))
                .isEqualTo(Refusal.WRONG_ALGORITHM);
    }

    @Test
    void refusesPsychicSignatures() {
        BigInteger order = P256.SPEC.getOrder();
        BigInteger zero = BigInteger.ZERO;
        BigInteger one = BigInteger.ONE;
        for (List<BigInteger> rs : List.of(
                List.of(zero, zero),
                List.of(zero, one),
                List.of(one, zero),
                List.of(order, one),
                List.of(one, order),
                List.of(order, order),
                List.of(order.add(one), one),
                List.of(one.shiftLeft(256).subtract(one), one.shiftLeft(256).subtract(one)))) {
            byte[] signature = TestKeys.concat(TestKeys.octets(rs.get(0), 32), TestKeys.octets(rs.get(1), 32));
            assertThat(P256.isSignature(signature)).isFalse();
            assertThat(refusal(realm.token().es256().unsigned() + "." + TestKeys.base64(signature)))
                    .isEqualTo(Refusal.BAD_SIGNATURE);
        }
    }

    @Test
    void refusesSignaturesOfTheWrongShape() {
        TestToken token = realm.token().es256();
        byte[] der = TestKeys.sign("SHA256withECDSA", TestKeys.EC.getPrivate(), TestToken.ascii(token.unsigned()));
        byte[] plain = TestKeys.sign(
                "SHA256withECDSAinP1363Format", TestKeys.EC.getPrivate(), TestToken.ascii(token.unsigned()));
        byte[] rsa = TestKeys.sign(
                "SHA256withRSA",
                TestKeys.RSA.getPrivate(),
                TestToken.ascii(realm.token().unsigned()));

        assertThat(refusal(token.unsigned() + "." + TestKeys.base64(der))).isEqualTo(Refusal.BAD_SIGNATURE);
        assertThat(refusal(token.unsigned() + "." + TestKeys.base64(TestKeys.concat(plain, new byte[1]))))
                .isEqualTo(Refusal.BAD_SIGNATURE);
        assertThat(refusal(token.unsigned() + "." + TestKeys.base64(Arrays.copyOf(plain, 63))))
                .isEqualTo(Refusal.BAD_SIGNATURE);
        byte[] padded = TestKeys.concat(
                TestKeys.concat(new byte[1], Arrays.copyOf(plain, 32)),
                TestKeys.concat(new byte[1], Arrays.copyOfRange(plain, 32, 64)));
        assertThat(refusal(token.unsigned() + "." + TestKeys.base64(padded))).isEqualTo(Refusal.BAD_SIGNATURE);
        for (byte[] wrong : List.of(
                new byte[0],
                new byte[1],
                new byte[256],
                Arrays.copyOf(rsa, 255),
                TestKeys.concat(rsa, new byte[1]),
                TestKeys.concat(new byte[1], rsa))) {
            assertThat(refusal(realm.token().unsigned() + "." + TestKeys.base64(wrong)))
                    .isEqualTo(Refusal.BAD_SIGNATURE);
        }
    }

    @Test
    void takesBothFormsOfAnEcdsaSignatureAsTheStandardDoes() throws Exception {
        TestToken token = realm.token().es256();
        byte[] low = TestKeys.sign(
                "SHA256withECDSAinP1363Format", TestKeys.EC.getPrivate(), TestToken.ascii(token.unsigned()));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(low, 32, 64));
        byte[] high = TestKeys.concat(
                Arrays.copyOf(low, 32), TestKeys.octets(P256.SPEC.getOrder().subtract(s), 32));

        // JWS has no low-s rule; which of the two it is says nothing, and nothing here takes a signature for an
        // identity.
        assertThat(verifier.verify(token.unsigned() + "." + TestKeys.base64(low))
                        .username())
                .contains("ada");
        assertThat(verifier.verify(token.unsigned() + "." + TestKeys.base64(high))
                        .username())
                .contains("ada");
    }

    @Test
    void refusesATokenThatBringsItsOwnKey() {
        try (KeyServerDouble evil = new KeyServerDouble()) {
            evil.publishes(TestKeys.jwk("rsa", TestKeys.OTHER_RSA), TestKeys.jwk("evil", TestKeys.OTHER_RSA));
            for (String kid : List.of("rsa", "evil")) {
                for (Map.Entry<String, Object> own : Map.<String, Object>of(
                                "jku",
                                evil.url() + "/certs",
                                "x5u",
                                evil.url() + "/cert",
                                "x5c",
                                List.of("MIIB"),
                                "jwk",
                                Map.of("kty", "RSA", "kid", kid))
                        .entrySet()) {
                    TestToken token = realm.token().header("kid", kid).header(own.getKey(), own.getValue());
                    assertThat(refusal(token.signed("SHA256withRSA", TestKeys.OTHER_RSA.getPrivate())))
                            .isEqualTo(Refusal.UNSUPPORTED_HEADER);
                    assertThat(refusal(token.signed())).isEqualTo(Refusal.UNSUPPORTED_HEADER);
                }
            }
            assertThat(evil.fetches()).isZero();
        }
    }

    @Test
    void refusesHeadersThatChangeHowATokenIsRead() {
        assertThat(refusal(realm.token().header("crit", List.of("exp")).signed()))
                .isEqualTo(Refusal.UNSUPPORTED_HEADER);
        assertThat(refusal(realm.token().header("crit", List.of()).signed())).isEqualTo(Refusal.UNSUPPORTED_HEADER);
        assertThat(refusal(realm.token()
                        .header("b64", false)
                        .header("crit", List.of("b64"))
                        .signed()))
                .isEqualTo(Refusal.UNSUPPORTED_HEADER);
        assertThat(refusal(realm.token().header("b64", false).signed())).isEqualTo(Refusal.UNSUPPORTED_HEADER);
        for (String name : List.of("cty", "zip", "enc", "x5t", "p2c")) {
            assertThat(refusal(realm.token().header(name, "x").signed())).isEqualTo(Refusal.UNSUPPORTED_HEADER);
        }
    }

    @Test
    void passesOverHeadersThatMeanNothingHere() throws Exception {
        assertThat(verifier.verify(realm.token()
                                .header("note", List.of(1))
                                .header("iss", "x")
                                .signed())
                        .username())
                .contains("ada");
    }

    @Test
    void refusesNamesOfKeysThatAreTricks() {
        for (Object kid : List.of(
                "", "../../../dev/null", "rsa' OR '1'='1", "http://127.0.0.1/key", "rsa\u0000", "RSA", " rsa")) {
            assertThat(refusal(realm.token().header("kid", kid).signed())).isIn(Refusal.UNKNOWN_KEY, Refusal.MALFORMED);
        }
        assertThat(refusal(realm.token().withoutHeader("kid").signed())).isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(realm.token().header("kid", 0).signed())).isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(realm.token().header("kid", "k".repeat(257)).signed()))
                .isEqualTo(Refusal.MALFORMED);
    }

    @Test
    void refusesWhatIsNotThreeParts() {
        String token = realm.token().signed();
        for (String wrong : List.of(
                ".",
                "..",
                "...",
                "a",
                "a.b",
                token + ".",
                "." + token,
                token + ".a",
                token.replace(".", ".."),
                token.substring(0, token.lastIndexOf('.')),
                "a.b.c.d.e",
                "\u0000",
                "{\"payload\":\"\"}")) {
            assertThat(refusal(wrong)).as(wrong).isEqualTo(Refusal.MALFORMED);
        }
    }

    @Test
    void refusesEverySpellingButOne() {
        String token = realm.token().signed();
        String[] parts = token.split("\\.", -1);
        for (int part = 0; part < 3; part++) {
            for (String other : List.of(
                    parts[part] + "=",
                    parts[part] + "==",
                    parts[part] + " ",
                    " " + parts[part],
                    parts[part] + "\n",
                    parts[part].substring(0, 4) + "\r\n" + parts[part].substring(4),
                    parts[part] + "\u0000",
                    parts[part].substring(0, 4) + "+/" + parts[part].substring(4),
                    parts[part] + "\uff21",
                    parts[part] + "A")) {
                String[] changed = parts.clone();
                changed[part] = other;
                assertThat(refusal(String.join(".", changed))).isIn(Refusal.MALFORMED, Refusal.BAD_SIGNATURE);
            }
        }
    }

    @Test
    void refusesStrayBitsInTheLastLetterOfTheSignature() {
        String token = realm.token().signed();
        // 256 bytes end in a letter of which four bits count for nothing.
        char last = token.charAt(token.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int stray = 1; stray < 16; stray++) {
            char other = alphabet.charAt(alphabet.indexOf(last) + stray);
            assertThat(refusal(token.substring(0, token.length() - 1) + other)).isEqualTo(Refusal.MALFORMED);
        }
    }

    @Test
    void refusesALongTokenWithoutReadingIt() {
        assertThat(refusal(realm.token().claim("pad", "x".repeat(1024 * 1024)).signed()))
                .isEqualTo(Refusal.TOO_LARGE);
        assertThat(refusal("A".repeat(8193))).isEqualTo(Refusal.TOO_LARGE);
        assertThat(refusal("A".repeat(8192))).isEqualTo(Refusal.MALFORMED);
        assertThat(realm.server.fetches()).isZero();
    }

    @Test
    void readsALongTokenWhenItIsToldTo() throws Exception {
        TokenVerifier patient = realm.verifier().maxTokenLength(64 * 1024).build();

        assertThat(patient.verify(realm.token().claim("pad", "x".repeat(40_000)).signed())
                        .username())
                .contains("ada");
    }

    @Test
    void refusesJsonThatReadsInTwoWays() {
        String header = realm.token().headerJson();
        String claims = realm.token().claimsJson();
        String open = claims.substring(0, claims.length() - 1);
        byte[] bom = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        byte[] utf8 = claims.getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(TestToken.signed(header, open + ",\"sub\":\"admin\"}")))
                .isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(TestToken.signed(header, open + ",\"\\u0073ub\":\"admin\"}")))
                .isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(TestToken.signed(header.replace("{", "{\"alg\":\"none\","), claims)))
                .isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(TestToken.signed(header, claims + "{}"))).isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(TestToken.signed(header, claims + "\u0000"))).isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(TestToken.signed(header, "[" + claims + "]"))).isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(TestToken.signed(header, ""))).isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(TestToken.signed(header.getBytes(StandardCharsets.UTF_8), TestKeys.concat(bom, utf8))))
                .isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(TestToken.signed(
                        header.getBytes(StandardCharsets.UTF_8), claims.getBytes(StandardCharsets.UTF_16))))
                .isEqualTo(Refusal.MALFORMED);
        String deep = open + ",\"deep\":" + "[".repeat(1500) + "]".repeat(1500) + "}";
        assertThat(refusal(TestToken.signed(header, deep))).isEqualTo(Refusal.MALFORMED);
    }

    @Test
    void givesTheSameAnswerForEveryFlaw() {
        Challenge forged = TestRealm.refused(
                        () -> verifier.verify(realm.token().signed("SHA256withRSA", TestKeys.OTHER_RSA.getPrivate())))
                .challenge();
        Challenge expired = TestRealm.refused(
                        () -> verifier.verify(realm.token().claim("exp", 1).signed()))
                .challenge();
        Challenge foreign = TestRealm.refused(
                        () -> verifier.verify(realm.token().claim("aud", "x").signed()))
                .challenge();

        assertThat(forged).isEqualTo(expired).isEqualTo(foreign);
    }

    @Test
    void checksAPublicKeyOnlyAgainstItsOwnKind() {
        PublicKey rsa = TestKeys.RSA.getPublic();
        byte[] message = {1, 2, 3};

        assertThat(Algorithm.RS256.verifies(
                        rsa, message, TestKeys.sign("SHA256withRSA", TestKeys.RSA.getPrivate(), message)))
                .isTrue();
        assertThat(Algorithm.RS256.verifies(
                        rsa, message, TestKeys.sign("SHA1withRSA", TestKeys.RSA.getPrivate(), message)))
                .isFalse();
        assertThat(Algorithm.RS256.verifies(
                        rsa, message, TestKeys.sign("SHA512withRSA", TestKeys.RSA.getPrivate(), message)))
                .isFalse();
    }
}
