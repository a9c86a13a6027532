// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

/** No link is minted, and the backend is told why. */
final class MintRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final MintError error;

    MintRefused(MintError error, String description) {
        // It is an answer: where it was made is of no interest.
        super(description, null, false, false);
        this.error = error;
    }

    MintError error() {
        return error;
    }

    String description() {
        return String.valueOf(getMessage());
    }
}
