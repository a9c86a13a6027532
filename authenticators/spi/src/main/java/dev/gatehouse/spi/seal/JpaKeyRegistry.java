// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.gatehouse.core.seal.Canary;
import dev.gatehouse.spi.db.KeyReport;
import dev.gatehouse.spi.db.UsedKey;
import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.utils.KeycloakModelUtils;

/** In Keycloak's database. */
final class JpaKeyRegistry implements KeyRegistry {

    private static final String SEPARATOR = ",";

    /** For no key at all; no key has such a name. Some databases take an empty text for none. */
    private static final String NONE = "-";

    private final KeycloakSessionFactory factory;
    private final InstantSource clock;

    JpaKeyRegistry(KeycloakSessionFactory factory, InstantSource clock) {
        this.factory = factory;
        this.clock = clock;
    }

    @Override
    public List<Canary> canaries(String scope) {
        return inTransaction(em -> em.createQuery("select k.canary from UsedKey k where k.scope = :scope", String.class)
                .setParameter("scope", scope)
                .getResultStream()
                .map(text -> Canary.parse(text)
                        .orElseThrow(() -> new SealingUnavailableException(
                                "The table GATEHOUSE_USED_KEY " + "has something in it that no key sealed")))
                .toList());
    }

    @Override
    public void addCanary(String scope, Canary canary) {
        String id = UsedKey.id(scope, canary.keyId());
        try {
            inTransaction(em -> {
                if (em.find(UsedKey.class, id) == null) {
                    em.persist(new UsedKey(scope, canary.keyId(), canary.text(), clock.millis()));
                }
                return id;
            });
        } catch (ModelDuplicateException e) {
            // Another node was faster; which of the two holds, whoever asks for the canaries is told.
            return;
        }
    }

    @Override
    public void report(Report report) {
        inTransaction(em -> {
            KeyReport row = Optional.ofNullable(em.find(KeyReport.class, report.node()))
                    .orElseGet(() -> {
                        KeyReport fresh = new KeyReport(report.node());
                        em.persist(fresh);
                        return fresh;
                    });
            row.tell(
                    report.keyIds().isEmpty()
                            ? NONE
                            : String.join(
                                    SEPARATOR, report.keyIds().stream().sorted().toList()),
                    report.seen().toEpochMilli());
            return row;
        });
    }

    @Override
    public List<Report> reports(Instant since) {
        return inTransaction(em -> {
            em.createQuery("delete from KeyReport r where r.seen <= :since")
                    .setParameter("since", since.toEpochMilli())
                    .executeUpdate();
            return em.createQuery("select r from KeyReport r", KeyReport.class)
                    .getResultStream()
                    .map(row -> new Report(
                            row.nodeId(), Set.of(row.keyIds().split(SEPARATOR)), Instant.ofEpochMilli(row.seen())))
                    .toList();
        });
    }

    private <T> T inTransaction(Function<EntityManager, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> work.apply(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }
}
