// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Instant;

/**
 * One message that is ready to be sent. Its methods are called one after the other, on threads of the queue; a try that
 * took too long is taken off the queue but may still run for a while beside what comes after it.
 */
public interface Sending {

    /**
     * Sends it. After a {@link MailFailure} that is not permanent, after anything else that it throws, and after a try
     * that took too long, it is called again, up to the number of tries that the server's options name.
     *
     * <p>From the moment at which a try has taken too long its {@code transactions} commit nothing more: what it writes
     * there, such as an event that tells that the message is sent, never stands beside {@link #gaveUp}. The message
     * itself can have left by then, so it can arrive although it was given up, and it can arrive twice.
     */
    void send(RealmTransactions transactions) throws MailFailure;

    /**
     * Is told once that no try succeeded, and never if one did.
     *
     * @param reason {@code mail_failed}: the failure is permanent or the tries are used up; {@code mail_timeout}: so, and
     *     the last try took too long; {@code mail_too_late}: {@link #until()} is over before the next try; {@code
     *     mail_stopped}: the server stopped first
     */
    void gaveUp(RealmTransactions transactions, String reason);

    /** When it is of no use any more: no try begins at this time or later. */
    Instant until();
}
