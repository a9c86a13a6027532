// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of damaged tokens, judged by this verifier and by Nimbus and jose4j. To be stricter than one of them may be a choice; to
 * accept what one of them refuses is a defect.
 */
final class DifferentialTest {

    private static final long SEED = 20260504;

    private final TestRealm realm = new TestRealm();
    private final TokenVerifier verifier = realm.verifier().build();
    private final String keys =
            "{\"keys\":[" + TestKeys.jwk("rsa", TestKeys.RSA) + "," + TestKeys.jwk("ec", TestKeys.EC) + "]}";
    private final DefaultJWTProcessor<SecurityContext> nimbus = nimbus();
    private final JwtConsumer jose4j = jose4j();
    private int accepted;

    @AfterEach
    void close() {
        realm.close();
    }

    private DefaultJWTProcessor<SecurityContext> nimbus() {
        try {
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                    new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), new ImmutableJWKSet<>(JWKSet.parse(keys))));
            Instant now = realm.time.instant();
            DefaultJWTClaimsVerifier<SecurityContext> claims =
                    new DefaultJWTClaimsVerifier<>(
                            "gatehouse-api",
                            new JWTClaimsSet.Builder().issuer(realm.issuer).build(),
                            Set.of("sub", "exp", "iat")) {
                        @Override
                        protected Date currentTime() {
                            return Date.from(now);
                        }
                    };
            claims.setMaxClockSkew(30);
            processor.setJWTClaimsSetVerifier(claims);
            return processor;
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private JwtConsumer jose4j() {
        try {
            return new JwtConsumerBuilder()
                    .setVerificationKeyResolver(
                            new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys()))
                    .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "RS256", "ES256")
                    .setExpectedType(true, "at+jwt")
                    .setExpectedIssuer(realm.issuer)
                    .setExpectedAudience("gatehouse-api")
                    .setRequireSubject()
                    .setRequireExpirationTime()
                    .setRequireIssuedAt()
                    .setEvaluationTime(
                            NumericDate.fromSeconds(realm.time.instant().getEpochSecond()))
                    .setAllowedClockSkewInSeconds(30)
                    .build();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** Judges a token and fails if we are the most lenient. */
    private void judge(String token) {
        try {
            verifier.verify(token);
        } catch (TokenRefusedException e) {
            return;
        }
        accepted++;
        assertThat(nimbusAccepts(token)).as("Nimbus refuses %s", shown(token)).isTrue();
        assertThat(jose4jAccepts(token)).as("jose4j refuses %s", shown(token)).isTrue();
    }

    private static String shown(String token) {
        StringBuilder shown = new StringBuilder();
        for (String part : Arrays.copyOf(token.split("\\.", -1), 2)) {
            shown.append(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        }
        return shown.toString();
    }

    private boolean nimbusAccepts(String token) {
        try {
            nimbus.process(token, null);
            return true;
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return false;
        }
    }

    private boolean jose4jAccepts(String token) {
        try {
            jose4j.processToClaims(token);
            return true;
        } catch (InvalidJwtException e) {
            return false;
        }
    }

    @Test
    void agreesWithTheOraclesOnGoodTokens() {
        for (String good : List.of(realm.token().signed(), realm.token().es256().signed())) {
            judge(good);
        }
        assertThat(accepted).isEqualTo(2);
    }

    @Test
    void isNeverTheMostLenientWithBytesThatChanged() {
        Random random = new Random(SEED);
        List<String> good =
                List.of(realm.token().signed(), realm.token().es256().signed());
        for (int i = 0; i < 2_000; i++) {
            char[] token = good.get(i % 2).toCharArray();
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                int at = random.nextInt(token.length);
                token[at] = i % 3 == 0 ? (char) random.nextInt(256) : (char) (token[at] ^ 1 << random.nextInt(7));
            }
            judge(new String(token));
        }
        assertThat(accepted)
                .as("a change that changes nothing may occur, no more")
                .isLessThan(20);
    }

    @Test
    void isNeverTheMostLenientWithTokensCutAndPasted() {
        Random random = new Random(SEED);
        String one = realm.token().signed();
        String two = realm.token().es256().claim("username", "eve").signed();
        for (int i = 0; i < 1_000; i++) {
            // The first letters of both say the same.
            int from = 20 + random.nextInt(one.length() - 20);
            judge(one.substring(0, from));
            judge(one.substring(0, from) + two.substring(Math.min(from, two.length())));
            judge(one.substring(0, from) + one.substring(Math.min(one.length(), from + 1 + random.nextInt(8))));
            judge(one.substring(0, from) + "=. +/\n\u0000AA".charAt(random.nextInt(9)) + one.substring(from));
        }
        assertThat(accepted).isZero();
    }

    @Test
    void isNeverTheMostLenientWithHeadersWellSigned() {
        List<Object> values = values();
        for (String name : List.of(
                "alg",
                "typ",
                "kid",
                "crit",
                "b64",
                "cty",
                "jku",
                "jwk",
                "x5u",
                "x5c",
                "x5t",
                "x5t#S256",
                "zip",
                "enc",
                "iss",
                "sub",
                "aud",
                "exp",
                "epk",
                "apu",
                "p2c",
                "x",
                "")) {
            for (Object value : values) {
                judge(signedAs(realm.token().header(name, value)));
                judge(realm.token()
                        .es256()
                        .header(name, value)
                        .signed("SHA256withECDSAinP1363Format", TestKeys.EC.getPrivate()));
            }
            judge(realm.token().withoutHeader(name).signed());
        }
        assertThat(accepted).isPositive();
    }

    private static String signedAs(TestToken token) {
        return token.signed("SHA256withRSA", TestKeys.RSA.getPrivate());
    }

    @Test
    void isNeverTheMostLenientWithClaimsWellSigned() {
        List<Object> values = values();
        for (String name : List.of(
                "iss",
                "sub",
                "aud",
                "exp",
                "iat",
                "nbf",
                "jti",
                "typ",
                "azp",
                "client_id",
                "sid",
                "acr",
                "amr",
                "auth_time",
                "roles",
                "username",
                "cnf",
                "scope",
                "x",
                "")) {
            for (Object value : values) {
                judge(realm.token().claim(name, value).signed());
            }
            judge(realm.token().without(name).signed());
        }
        assertThat(accepted).isPositive();
    }

    private List<Object> values() {
        long now = realm.time.instant().getEpochSecond();
        List<Object> values = new ArrayList<>(List.of(
                "",
                " ",
                "a",
                "at+jwt",
                "AT+JWT",
                "application/at+jwt",
                "JWT",
                "Bearer",
                "RS256",
                "ES256",
                "none",
                "HS256",
                "rsa",
                "ec",
                "https://evil.example",
                "::",
                "DEF",
                true,
                false,
                List.of(),
                List.of(1),
                List.of("a"),
                List.of("b64")));
        values.addAll(List.of(
                Map.of(),
                Map.of("kty", "RSA"),
                Map.of("a", 1),
                List.of("exp"),
                List.of("gatehouse-api"),
                "gatehouse-api",
                realm.issuer,
                List.of("gatehouse-api", "x"),
                List.of("gatehouse-api", 1),
                List.of(List.of("gatehouse-api")),
                -1,
                0,
                1,
                1.5,
                1e30));
        values.add(Arrays.asList("gatehouse-api", null));
        values.addAll(List.of(now + 3600, now + 3601, now * 1000, Long.MAX_VALUE, String.valueOf(now + 60)));
        return values;
    }

    @Test
    void isNeverTheMostLenientAboutTime() {
        long now = realm.time.instant().getEpochSecond();
        for (String name : List.of("exp", "iat", "nbf")) {
            for (int around = -62; around <= 62; around++) {
                judge(realm.token()
                        .claim("iat", now - 100)
                        .claim(name, now + around)
                        .signed());
                judge(realm.token()
                        .claim("iat", now - 100)
                        .claim(name, now + around + 0.5)
                        .signed());
            }
        }
        assertThat(accepted).isPositive();
    }

    @Test
    void isNeverTheMostLenientWithJsonWellSigned() {
        Random random = new Random(SEED);
        String header = realm.token().headerJson();
        String claims = realm.token().claimsJson();
        String letters = "{}[]\":,\\/ue0123456789.-+truefalsnTAIDNINFxX'\n\t \u00e9\u20ac\u0000\ufeff";
        for (int i = 0; i < 1_500; i++) {
            boolean inHeader = i % 4 == 0;
            StringBuilder json = new StringBuilder(inHeader ? header : claims);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(json.length());
                char letter = letters.charAt(random.nextInt(letters.length()));
                switch (random.nextInt(3)) {
                    case 0 -> json.setCharAt(at, letter);
                    case 1 -> json.insert(at, letter);
                    default -> json.deleteCharAt(at);
                }
            }
            judge(inHeader ? TestToken.signed(json.toString(), claims) : TestToken.signed(header, json.toString()));
        }
        assertThat(accepted).as("some edits do no harm").isPositive();
    }

    @Test
    void isNeverTheMostLenientWithPayloadBytesWellSigned() {
        Random random = new Random(SEED);
        byte[] header = realm.token().headerJson().getBytes(StandardCharsets.UTF_8);
        byte[] claims = realm.token()
                .claim("username", "\u00e9\u20ac\ud83d\ude00")
                .claimsJson()
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1_000; i++) {
            byte[] changed = claims.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            judge(TestToken.signed(header, changed));
        }
        assertThat(accepted).isPositive();
    }

    @Test
    void isNeverTheMostLenientWithSignaturesOfChosenNumbers() {
        Random random = new Random(SEED);
        String unsigned = realm.token().es256().unsigned();
        byte[] good =
                TestKeys.sign("SHA256withECDSAinP1363Format", TestKeys.EC.getPrivate(), TestToken.ascii(unsigned));
        for (int i = 0; i < 1_000; i++) {
            byte[] changed = Arrays.copyOf(good, i % 5 == 0 ? random.nextInt(130) : 64);
            if (i % 2 == 0 && changed.length >= 64) {
                Arrays.fill(changed, 32 * (i / 2 % 2), 32 * (i / 2 % 2) + 32, (byte) (i % 3 == 0 ? 0 : 0xff));
            } else if (changed.length > 0) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            judge(unsigned + "." + TestKeys.base64(changed));
        }
        assertThat(accepted).isLessThan(5);
    }
}
