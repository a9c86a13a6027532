// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

/** A server that did not start; the message is one sentence for a person. */
public final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String log;

    StartFailure(String message, String log) {
        super(message);
        this.log = log;
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
        this.log = "";
    }

    /** Everything the server wrote until then. */
    public String log() {
        return log;
    }
}
