// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import org.keycloak.models.KeycloakSessionFactory;

/** Lets tests of jobs in other modules run them without a queue. */
public final class MailTransactions {

    private MailTransactions() {}

    /** What a job gets from the queue. */
    public static RealmTransactions of(KeycloakSessionFactory factory, String realmId) {
        return new RealmTransactions(factory, realmId);
    }
}
