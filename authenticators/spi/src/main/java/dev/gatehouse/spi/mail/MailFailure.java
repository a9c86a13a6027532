// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import org.keycloak.email.EmailException;

/** A message that was not sent. The text never holds an address, a number or a link. */
public final class MailFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean permanent;

    private MailFailure(String message, Throwable cause, boolean permanent) {
        super(message, cause);
        this.permanent = permanent;
    }

    /** A failure that may be over when the same is tried again. */
    public MailFailure(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** A failure that may be over when the same is tried again, and that no exception caused. */
    public MailFailure(String message) {
        super(message);
        this.permanent = false;
    }

    private MailFailure(String message, boolean permanent) {
        super(message);
        this.permanent = permanent;
    }

    /** A failure that would be the same at every try. */
    public static MailFailure permanent(String message, Throwable cause) {
        return new MailFailure(message, cause, true);
    }

    /** A failure that would be the same at every try, and that no exception caused. */
    public static MailFailure permanent(String message) {
        return new MailFailure(message, true);
    }

    /** What Keycloak's mail sender reports, told apart by whether another try is of use. */
    public static MailFailure of(String message, EmailException failure) {
        return new MailFailure(message, failure, SmtpAnswers.arePermanent(failure));
    }

    /** Whether trying again is of no use. */
    public boolean isPermanent() {
        return permanent;
    }
}
