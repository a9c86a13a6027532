// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

/** Says why a key of the issuer's set, or the set itself, cannot be used. */
final class UnusableKeyException extends Exception {

    UnusableKeyException(String why) {
        super(why, null, false, false);
    }
}
