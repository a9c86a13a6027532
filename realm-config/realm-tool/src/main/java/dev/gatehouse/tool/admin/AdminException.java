// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import dev.gatehouse.tool.report.RefusedException;

/** The server answered a request with something else than success, or not at all. */
public final class AdminException extends RefusedException {

    /** The status of a request that got no answer. */
    public static final int NO_ANSWER = 0;

    private final int status;

    AdminException(String method, AdminPath path, int status, String text) {
        super(method + " " + path.text() + (status == NO_ANSWER ? ": " : " answered " + status + ": ") + text);
        this.status = status;
    }

    /** The status of the answer, or {@link #NO_ANSWER}. */
    public int status() {
        return status;
    }
}
