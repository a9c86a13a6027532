// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

/** Says what is wrong with a JSON text and where, and never quotes it. */
final class MalformedJsonException extends Exception {

    MalformedJsonException(String what) {
        // Without a stack trace: this is an answer about somebody's input, and there may be many of them.
        super(what, null, false, false);
    }
}
