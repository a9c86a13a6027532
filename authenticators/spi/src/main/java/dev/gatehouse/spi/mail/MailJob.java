// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

/** One piece of work of the {@linkplain MailQueue queue}. */
public interface MailJob {

    /** The id of the realm it works in. */
    String realmId();

    /** Does the work. What it throws is logged in one line and not tried again. */
    void run(RealmTransactions transactions) throws MailFailure;

    /** Is told, on the request's own thread, that the queue had no room. */
    void refused(RealmTransactions transactions);
}
