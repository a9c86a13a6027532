// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.ArrayList;
import java.util.List;

import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;

/** The transaction of one session: what is enlisted is committed or rolled back with it, in Keycloak's order. */
public final class FakeTransactions implements KeycloakTransactionManager {

    private final List<KeycloakTransaction> enlisted = new ArrayList<>();
    private final List<KeycloakTransaction> after = new ArrayList<>();
    private boolean active;
    private boolean rollbackOnly;

    @Override
    public void begin() {
        active = true;
    }

    @Override
    public void commit() {
        active = false;
        enlisted.forEach(KeycloakTransaction::commit);
        after.forEach(KeycloakTransaction::commit);
    }

    @Override
    public void rollback() {
        active = false;
        enlisted.forEach(KeycloakTransaction::rollback);
        after.forEach(KeycloakTransaction::rollback);
    }

    @Override
    public void enlist(KeycloakTransaction transaction) {
        transaction.begin();
        enlisted.add(transaction);
    }

    @Override
    public void enlistAfterCompletion(KeycloakTransaction transaction) {
        transaction.begin();
        after.add(transaction);
    }

    /** Whatever is to run once the transaction is over. */
    public List<KeycloakTransaction> afterCompletion() {
        return List.copyOf(after);
    }

    @Override
    public void setRollbackOnly() {
        rollbackOnly = true;
    }

    @Override
    public boolean getRollbackOnly() {
        return rollbackOnly;
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public void enlistPrepare(KeycloakTransaction transaction) {
        throw new AssertionError("unexpected call: enlistPrepare");
    }

    @Override
    public JTAPolicy getJTAPolicy() {
        throw new AssertionError("unexpected call: getJTAPolicy");
    }

    @Override
    public void setJTAPolicy(JTAPolicy policy) {
        throw new AssertionError("unexpected call: setJTAPolicy");
    }
}
