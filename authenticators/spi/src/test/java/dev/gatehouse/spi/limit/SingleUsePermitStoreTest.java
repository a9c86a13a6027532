// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.PermitStoreContract;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeSession;
import dev.gatehouse.spi.fake.Stub;
import org.infinispan.commons.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ModelException;
import org.keycloak.models.SingleUseObjectProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SingleUsePermitStoreTest extends PermitStoreContract {

    private final MovedTime time = new MovedTime();
    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(time).with(realm);
    private final PermitStore store = new SingleUsePermitStore(server.factory(), time, new SecureRandom());

    @Override
    protected PermitStore store() {
        return store;
    }

    @Override
    protected InstantSource clock() {
        return time;
    }

    @Override
    protected void passTime(Duration passed) {
        time.pass(passed);
    }

    @Override
    protected Duration slack() {
        return Duration.ofSeconds(1);
    }

    @Override
    protected boolean knowsWhatIsLeft() {
        return false;
    }

    @Override
    protected boolean keepsCountByALowerRate() {
        return false;
    }

    private static Bucket bucket(int permits, Duration window, String... subjects) {
        return new Bucket("rule", new Rate(permits, window), Bucket.Area.KNOWN, "key", List.of(subjects));
    }

    private String taken(Bucket bucket) {
        return ((PermitStore.Answer.Taken) store.take(bucket)).permit();
    }

    /** Lets every session that is opened from now on find other single-use objects. */
    private void objects(Stub<SingleUseObjectProvider> objects) {
        server.everySession(session -> session.is("singleUseObjects", objects.get()));
    }

    @Test
    void whatIsCountedStaysCountedIfTheRequestRollsBack() {
        FakeSession request = server.request(realm);
        Bucket bucket = bucket(1, Duration.ofMinutes(1));
        taken(bucket);
        request.transactions().rollback();

        assertThat(store.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);
    }

    @Test
    void aCounterThatWasFoundFullIsNotSearchedAgainForASecond() {
        Bucket bucket = bucket(50, Duration.ofMinutes(1));
        for (int i = 0; i < 50; i++) {
            taken(bucket);
        }
        AtomicInteger asked = new AtomicInteger();
        server.everySession(session -> {
            SingleUseObjectProvider objects = session.get().singleUseObjects();
            session.on("singleUseObjects", call -> {
                asked.incrementAndGet();
                return objects;
            });
        });
        for (int i = 0; i < 20; i++) {
            assertThat(store.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);
        }
        assertThat(asked)
                .as("each try looks first; the first one tries 50 slots and tells")
                .hasValue(20 + 51);

        time.pass(Duration.ofSeconds(1));
        assertThat(store.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);
        assertThat(asked).hasValue(20 + 51 + 1 + 51);
    }

    @Test
    void aMarkOfAClearLivesOnForAsLongAsTriesAreCountedByIt() {
        Bucket bucket = bucket(2, Duration.ofDays(1), "user");
        store.clear("user", Duration.ofDays(1));
        time.pass(Duration.ofHours(12));
        for (int day = 0; day < 10; day++) {
            taken(bucket);
            taken(bucket);
            // Whenever the mark would end, what was taken before counts afterwards.
            time.pass(Duration.ofHours(23));
            assertThat(store.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);
            time.pass(Duration.ofHours(1).plusSeconds(1));
        }
    }

    @Test
    void whoeverGivesAPermitBackASecondTimeAtTheSameMomentFreesNothing() {
        Bucket bucket = bucket(1, Duration.ofMinutes(1));
        String permit = taken(bucket);
        String slot = permit.substring(permit.indexOf(' ') + 1);
        List<String> removed = new ArrayList<>();
        objects(Stub.of(SingleUseObjectProvider.class)
                .on("get", call -> server.objects().get(call.text(0)))
                .on("remove", call -> {
                    removed.add(call.text(0));
                    // Somebody else was a little faster.
                    return null;
                }));

        store.giveBack(bucket, permit);
        assertThat(removed).containsExactly(slot + ".about");
    }

    @Test
    void aPermitComesBackInTheFirstHalfOfItsWindow() {
        Bucket bucket = bucket(1, Duration.ofMinutes(1));
        String permit = taken(bucket);
        time.pass(Duration.ofSeconds(31));

        store.giveBack(bucket, permit);
        assertThat(store.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);
    }

    @Test
    void whatIsStoredIsBoundedByWhatIsCounted() {
        Bucket bucket = bucket(5, Duration.ofMinutes(1));
        List<String> permits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            permits.add(taken(bucket));
        }
        for (int i = 0; i < 20; i++) {
            store.take(bucket);
            store.peek(bucket);
        }
        assertThat(server.objects().size())
                .as("five slots, what is known of them, and that it is full")
                .isEqualTo(11);

        permits.forEach(permit -> store.giveBack(bucket, permit));
        assertThat(server.objects().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"take", "peek", "giveBack", "clear"})
    void whateverTheObjectsThrowMeansThatTheStoreIsAway(String method) {
        Bucket bucket = bucket(1, Duration.ofMinutes(1), "user");
        String permit = taken(bucket);
        for (RuntimeException failure :
                List.of(new CacheException("a cache's"), new ModelException("a database's"), new RuntimeException())) {
            objects(Stub.of(SingleUseObjectProvider.class)
                    .on("get", call -> {
                        throw failure;
                    })
                    .on("put", call -> {
                        throw failure;
                    }));

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> {
                        switch (method) {
                            case "take" -> store.take(bucket);
                            case "peek" -> store.peek(bucket);
                            case "giveBack" -> store.giveBack(bucket, permit);
                            default -> store.clear("user", Duration.ofMinutes(1));
                        }
                    })
                    .withMessage("Keycloak's single-use objects did not answer")
                    .withCause(failure);
        }
    }

    @Test
    void theFactoryOpensAStoreThatCounts() {
        SingleUsePermitStoreFactory factory = new SingleUsePermitStoreFactory();
        assertThat(factory.getId()).isEqualTo("gatehouse-single-use");

        PermitStore opened = factory.open(server.factory());
        Bucket bucket = bucket(1, Duration.ofMinutes(1));
        assertThat(opened.take(bucket)).isInstanceOf(PermitStore.Answer.Taken.class);
        assertThat(factory.create(server.request(realm).model()).store().take(bucket))
                .isInstanceOf(PermitStore.Answer.Full.class);
    }
}
