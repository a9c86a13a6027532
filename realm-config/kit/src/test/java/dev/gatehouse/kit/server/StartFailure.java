// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

/** A server that did not start; the message is one sentence for a person. */
public final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
