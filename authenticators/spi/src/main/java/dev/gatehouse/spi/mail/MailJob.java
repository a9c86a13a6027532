// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

/** One piece of work of the {@linkplain MailQueue queue}. */
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

    /** Does the work. What it throws is logged in one line and not tried again. */
    void run(RealmTransactions transactions) throws MailFailure;

    /** Is told, on the request's own thread, that the queue had no room. */
    void refused(RealmTransactions transactions);
}
