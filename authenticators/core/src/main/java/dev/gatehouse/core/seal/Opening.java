// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

/** What came of opening a sealed secret. */
public sealed interface Opening {

    /** It opened: it is what was sealed in this context. */
    final class Opened implements Opening {

        private final byte[] plain;

        Opened(byte[] plain) {
            this.plain = plain;
        }

        /** The secret in clear. */
        public byte[] plain() {
            return plain.clone();
        }

        @Override
        public String toString() {
            return "Opened[redacted]";
        }
    }

    /**
     * The ring lacks the key.
     *
     * @param keyId its name, as the sealed text has it
     */
    record UnknownKey(String keyId) implements Opening {}

    /**
     * It did not open: it, its context or the key of that name is not the one of the sealing. Which of these, nobody can
     * tell.
     *
     * @param keyId the name of the key
     */
    record Tampered(String keyId) implements Opening {}
}
