// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.singleuse;

import java.time.Duration;
import java.util.Map;

import dev.gatehouse.core.singleuse.SingleUseStore;
import dev.gatehouse.core.singleuse.SingleUseStoreContract;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeObjects;
import dev.gatehouse.spi.fake.FakeRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeycloakSingleUseStoreTest extends SingleUseStoreContract {

    private final MovedTime time = new MovedTime();
    private final FakeObjects objects = new FakeObjects(time);
    private final SingleUseStore store = storeOf("realm-1");

    private SingleUseStore storeOf(String realmId) {
        return new KeycloakSingleUseStore(objects, new FakeRealm(realmId, "any").model());
    }

    @Override
    protected SingleUseStore store() {
        return store;
    }

    @Override
    protected void pass(Duration passed) {
        time.pass(passed);
    }

    @Test
    void theSameKeyInAnotherRealmIsAnotherRecord() {
        SingleUseStore other = storeOf("realm-2");
        store.issue("key", Map.of("of", "1"), Duration.ofMinutes(1));
        assertThat(other.peek("key")).isEmpty();
        other.issue("key", Map.of("of", "2"), Duration.ofMinutes(1));

        assertThat(store.consume("key")).contains(Map.of("of", "1"));
        assertThat(other.consume("key")).contains(Map.of("of", "2"));
    }

    @Test
    void aClaimInOneRealmLeavesTheOthersFree() {
        assertThat(store.claim("key", Duration.ofMinutes(1))).isTrue();

        assertThat(storeOf("realm-2").claim("key", Duration.ofMinutes(1))).isTrue();
        assertThat(store.claim("key", Duration.ofMinutes(1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT1S,1000", "PT1.001S,2000", "PT1.5S,2000", "PT1.999S,2000", "PT2S,2000", "PT15M,900000"})
    void aLifeIsRoundedUpToWholeSeconds(Duration life, long millis) {
        store.issue("record", Map.of(), life);
        assertThat(store.claim("claim", life)).isTrue();

        time.pass(Duration.ofMillis(millis - 1));
        assertThat(store.peek("record")).isPresent();
        assertThat(store.claim("claim", life)).isFalse();
        time.pass(Duration.ofMillis(1));
        assertThat(store.peek("record")).isEmpty();
        assertThat(store.claim("claim", life)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-5S", "PT0.000000001S", "PT0.5S"})
    void aLifeIsOneSecondAtLeast(Duration life) {
        store.issue("record", Map.of(), life);
        assertThat(store.claim("claim", life)).isTrue();

        time.pass(Duration.ofMillis(999));
        assertThat(store.peek("record")).isPresent();
        assertThat(store.claim("claim", life)).isFalse();
        time.pass(Duration.ofMillis(1));
        assertThat(store.peek("record")).isEmpty();
    }
}
