// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

/** A mail that was not sent. The message never holds an address or a link. */
public final class MailFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public MailFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
