// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

/** The store of the permits did not answer, or not in time. The message names the store, never a key. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
