// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A realm with two keys, its key server, and a clock. */
final class TestRealm implements AutoCloseable {

    final KeyServerDouble server = new KeyServerDouble();
    final MovedTime time = new MovedTime();
    final String issuer = server.url() + "/realms/gatehouse";

    TestRealm() {
        server.publishes(TestKeys.jwk("rsa", TestKeys.RSA), TestKeys.jwk("ec", TestKeys.EC));
    }

    VerifierBuilder verifier() {
        return TokenVerifier.forIssuer(issuer)
                .audience("gatehouse-api")
                .algorithms(Algorithm.RS256, Algorithm.ES256)
                .time(time);
    }

    TestToken token() {
        return new TestToken(issuer, time.instant());
    }

    /** What the call is refused with; fails when it is not. */
    static TokenRefusedException refused(ThrowingCallable call) {
        TokenRefusedException refused = catchThrowableOfType(TokenRefusedException.class, call);
        if (refused == null) {
            throw new AssertionError("it was accepted");
        }
        return refused;
    }

    static Refusal refusal(ThrowingCallable call) {
        return refused(call).refusal();
    }

    @Override
    public void close() {
        server.close();
    }
}
