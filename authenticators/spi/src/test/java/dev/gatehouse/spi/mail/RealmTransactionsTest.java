// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.util.Map;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RealmTransactionsTest {

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);
    private final RealmTransactions transactions = new RealmTransactions(server.factory(), "realm-1");

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
}
