// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

/**
 * The token, or the request that carries it, is not good enough.
 *
 * <p>It is checked, because refusing is half of what a verifier is for and the compiler should ask for the answer. The message
 * is for the log: one line, precise, and never with the token or a part of its signature in it. The caller gets
 * {@link #challenge()}. There is no stack trace; nothing is wrong with the program.
 */
public final class TokenRefusedException extends Exception {

    private final Refusal refusal;
    private final Challenge challenge;

    TokenRefusedException(Refusal refusal, String message) {
        this(refusal, message, "");
    }

    TokenRefusedException(Refusal refusal, String message, String extraChallenge) {
        super(refusal + ": " + message, null, false, false);
        this.refusal = refusal;
        this.challenge = Challenge.of(refusal, extraChallenge);
    }

    /** Why, as a stable code. */
    public Refusal refusal() {
        return refusal;
    }

    /** What to answer: a status and header fields. */
    public Challenge challenge() {
        return challenge;
    }
}
