// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.util.Optional;

/** One piece of work of the {@linkplain MailQueue queue}: a message that somebody may get. */
public interface MailJob {

    /** The id of the realm it works in. */
    String realmId();

    /**
     * The line it waits in. Jobs of one lane run one after the other, in the order in which they came; jobs of different
     * lanes do not wait for each other as long as there are threads. Whatever takes longer for one recipient than for
     * another belongs in a lane of that recipient, or the wait of everybody else's mail tells the difference. The name
     * is asked for once, on the request's own thread, and is not logged.
     */
    String lane();

    /**
     * Looks up, and writes what must be kept. It runs once, on a thread of the queue. What it throws is logged in one
     * line and not tried again; if it takes longer than a try may, its {@code transactions} commit nothing more, and
     * nothing is sent.
     *
     * @return what is to be sent; empty if nothing is
     */
    Optional<Sending> prepare(RealmTransactions transactions);

    /**
     * Is told that it will not be prepared.
     *
     * @param reason {@code mail_queue_full}: the queue had no room, then on the request's own thread; {@code mail_timeout}:
     *     to prepare it took too long; {@code mail_stopped}: the server stopped first
     */
    void refused(RealmTransactions transactions, String reason);
}
