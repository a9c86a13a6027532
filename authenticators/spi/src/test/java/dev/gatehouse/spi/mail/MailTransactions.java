// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.util.Optional;

import org.keycloak.models.KeycloakSessionFactory;

/** Lets tests of jobs in other modules run them without a queue. */
public final class MailTransactions {

    private MailTransactions() {}

    /** What a job gets from the queue. */
    public static RealmTransactions of(KeycloakSessionFactory factory, String realmId) {
        return new RealmTransactions(factory, realmId, new Turn());
    }

    /** Does what the queue does for a job whose first try ends it. Returns what it had to send. */
    public static Optional<Sending> carryOut(MailJob job, KeycloakSessionFactory factory) throws MailFailure {
        Optional<Sending> sending = job.prepare(of(factory, job.realmId()));
        if (sending.isPresent()) {
            sending.get().send(of(factory, job.realmId()));
        }
        return sending;
    }
}
