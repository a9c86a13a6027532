// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.function.Function;

import dev.gatehouse.spi.db.FailedCodes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.utils.KeycloakModelUtils;

/** In Keycloak's database: in transactions of their own, so that no failed request takes one back. */
final class JpaFailedCodesStore implements FailedCodesStore {

    private final KeycloakSession session;

    JpaFailedCodesStore(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public int inARow(String userId) {
        // A query of one value: an entity would be as old as the request.
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("select f.inARow from FailedCodes f where f.userId = :user", Integer.class)
                .setParameter("user", userId)
                .getResultStream()
                .findFirst()
                .orElse(0);
    }

    @Override
    public void add(String realmId, String userId) {
        if (!tryToAdd(realmId, userId)) {
            // Another request made the row at the same moment; now it is there.
            tryToAdd(realmId, userId);
        }
    }

    private boolean tryToAdd(String realmId, String userId) {
        try {
            return inTransaction(em -> {
                FailedCodes row = em.find(FailedCodes.class, userId, LockModeType.PESSIMISTIC_WRITE);
                if (row == null) {
                    row = new FailedCodes(userId, realmId);
                    em.persist(row);
                }
                row.add();
                return true;
            });
        } catch (ModelDuplicateException e) {
            return false;
        }
    }

    @Override
    public void clear(String userId) {
        inTransaction(em -> em.createQuery("delete from FailedCodes f where f.userId = :user")
                .setParameter("user", userId)
                .executeUpdate());
    }

    @Override
    public void clearRealm(String realmId) {
        inTransaction(em -> em.createQuery("delete from FailedCodes f where f.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate());
    }

    private <T> T inTransaction(Function<EntityManager, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                own -> work.apply(own.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }
}
