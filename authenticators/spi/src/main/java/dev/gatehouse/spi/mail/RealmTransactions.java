// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Transactions of one realm outside of any request. Keycloak sets no realm for such sessions; many of its providers
 * (vault, themes, mail) need one.
 */
public final class RealmTransactions {

    /** Work in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(KeycloakSession session, RealmModel realm);
    }

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final Turn turn;

    RealmTransactions(KeycloakSessionFactory factory, String realmId, Turn turn) {
        this.factory = factory;
        this.realmId = realmId;
        this.turn = turn;
    }

    /**
     * Runs {@code work} in a transaction of its own; empty if the realm does not exist any more.
     *
     * @throws IllegalStateException if what it is part of took too long; the work is then rolled back or does not begin
     */
    public <T> Optional<T> call(Work<T> work) {
        turn.beforeWork();
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
                @Nullable RealmModel realm = session.realms().getRealm(realmId);
                if (realm == null) {
                    return Optional.empty();
                }
                session.getContext().setRealm(realm);
                Optional<T> result = Optional.of(work.run(session, realm));
                turn.beforeCommit();
                return result;
            });
        } finally {
            turn.afterWork();
        }
    }
}
