// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AbstractKeycloakTransaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RealmTransactionsTest {

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);
    private final Turn turn = new Turn();
    private final RealmTransactions transactions = new RealmTransactions(server.factory(), "realm-1", turn);

    @Test
    void workRunsInTheRealmAndIsCommitted() {
        assertThat(transactions.call((session, found) -> {
                    session.singleUseObjects().put("key", 60, Map.of());
                    assertThat(server.objects().size()).isZero();
                    assertThat(session.getContext().getRealm()).isSameAs(found).isSameAs(realm.model());
                    return "done";
                }))
                .contains("done");
        assertThat(server.objects().size()).isEqualTo(1);
    }

    @Test
    void workThatFailsIsRolledBack() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.call((session, found) -> {
                    session.singleUseObjects().put("key", 60, Map.of());
                    throw new IllegalStateException("no");
                }));
        assertThat(server.objects().size()).isZero();
    }

    @Test
    void inARealmThatIsGoneNothingRuns() {
        server.delete(realm);

        assertThat(transactions.call((session, found) -> {
                    throw new AssertionError("ran");
                }))
                .isEmpty();
    }

    @Test
    void whatIsUnderWayWhenTheTurnIsTakenAwayIsRolledBack() {
        turn.begin();

        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.call((session, found) -> {
                    session.singleUseObjects().put("key", 60, Map.of());
                    assertThat(turn.takeAway()).isTrue();
                    assertThat(Thread.interrupted()).isTrue();
                    return "done";
                }))
                .withMessage("It took too long: nothing of it is committed any more");
        assertThat(server.objects().size()).isZero();
    }

    @Test
    void afterTheTurnIsTakenAwayNothingBegins() {
        turn.takeAway();

        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.call((session, found) -> {
                    throw new AssertionError("ran");
                }));
    }

    @Test
    void aTurnIsNotTakenAwayInTheMiddleOfACommitButAfterIt() {
        turn.begin();
        AtomicReference<@Nullable Boolean> taken = new AtomicReference<>();
        transactions.call((session, found) -> {
            session.getTransactionManager().enlist(new AbstractKeycloakTransaction() {
                @Override
                protected void commitImpl() {
                    taken.set(turn.takeAway());
                }

                @Override
                protected void rollbackImpl() {}
            });
            return "done";
        });

        assertThat(taken).hasValue(false);
        assertThat(turn.hasEnded()).isFalse();
        assertThat(turn.takeAway()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(turn.end()).isFalse();
    }
}
