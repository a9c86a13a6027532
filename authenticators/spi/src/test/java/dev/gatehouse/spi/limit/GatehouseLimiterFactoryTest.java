// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.limit.LocalPermitStore;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeConfig;
import dev.gatehouse.spi.fake.FakeOptions;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GatehouseLimiterFactoryTest {

    private static final String PLACE = "spi-gatehouse-limiter--gatehouse-limiter--";
    private static final Attempt LOGIN = Attempt.at("login", LimitRule.LOGIN_ADDRESS);

    private final FakeOptions noProxy = new FakeOptions(Map.of());
    private final MovedTime time = new MovedTime();
    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(time).with(realm);
    private final Map<String, PermitStoreFactory> stores = new HashMap<>();
    private final List<String> opened = new ArrayList<>();
    private final List<ProviderEventListener> listeners = new ArrayList<>();
    private final KeycloakSessionFactory keycloak = Stub.of(KeycloakSessionFactory.class)
            .on("getProviderFactory", call -> {
                assertThat(call.get(0)).isEqualTo(PermitStoreProvider.class);
                return stores.get(call.text(1));
            })
            .on("register", call -> listeners.add((ProviderEventListener) call.get(0)))
            .get();
    private final GatehouseLimiterFactory factory = new GatehouseLimiterFactory();

    @BeforeEach
    void start() {
        Profile.defaults();
        server.everySession(session -> session.is("getKeycloakSessionFactory", keycloak));
        has("gatehouse-infinispan");
        has("gatehouse-single-use");
    }

    @AfterEach
    void end() {
        Profile.reset();
        noProxy.close();
    }

    private void has(String id) {
        stores.put(
                id,
                Stub.of(PermitStoreFactory.class)
                        .on("open", call -> {
                            opened.add(id);
                            return new LocalPermitStore(time, 100);
                        })
                        .get());
    }

    private static void enable(Profile.Feature feature) {
        Map<Profile.Feature, Boolean> features =
                new HashMap<>(Profile.getInstance().getFeatures());
        features.put(feature, true);
        Profile.init(Profile.ProfileName.DEFAULT, features);
    }

    private void starts(Map<String, String> options) {
        factory.init(FakeConfig.scope(options));
        factory.postInit(keycloak);
    }

    private void tells(ProviderEvent event) {
        listeners.forEach(listener -> listener.onEvent(event));
    }

    private Verdict tries() {
        return factory.create(server.request(realm).model()).acquire(realm.model(), LOGIN);
    }

    @Test
    void theDefaultsAreTheseAndTheConsoleOfTheServerShowsWhatHolds() {
        assertThat(factory.getId()).isEqualTo("gatehouse-limiter");
        assertThat(factory.getConfigMetadata())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("store", "failure-mode", "local-counters", "trusted-hops");
        assertThat(factory.getConfigMetadata())
                .extracting(ProviderConfigProperty::getDefaultValue)
                .extracting(Object::toString)
                .containsExactly("auto", "local", "50000", "1");
        assertThat(factory.getOperationalInfo())
                .containsEntry("store", "auto")
                .containsEntry("failure-mode", "local")
                .containsEntry("local-counters", "50000")
                .containsEntry("trusted-hops", "1")
                .containsEntry("chosen store", "infinispan")
                .containsKey("version")
                .hasSize(6);

        factory.init(FakeConfig.scope(Map.of("store", "single-use", "failure-mode", "deny", "trusted-hops", "2")));
        assertThat(factory.getOperationalInfo())
                .containsEntry("store", "single-use")
                .containsEntry("failure-mode", "deny")
                .containsEntry("trusted-hops", "2")
                .containsEntry("chosen store", "single-use");
    }

    @Test
    void byItselfTheStoreIsInfinispanAndOpensOnceWhenTheServerHasStarted() {
        starts(Map.of());
        tells(Stub.of(ProviderEvent.class).get());
        assertThat(opened).isEmpty();

        tells(new PostMigrationEvent(keycloak));
        tells(new PostMigrationEvent(keycloak));
        tries();

        assertThat(opened).containsExactly("gatehouse-infinispan");
    }

    @ParameterizedTest
    @EnumSource(names = {"STATELESS", "MULTI_SITE", "CLUSTERLESS"})
    void whereNodesShareNothingButADatabaseTheStoreIsSingleUse(Profile.Feature feature) {
        enable(feature);
        starts(Map.of());
        tries();

        assertThat(opened).containsExactly("gatehouse-single-use");
        assertThat(factory.getOperationalInfo())
                .containsEntry("store", "auto")
                .containsEntry("chosen store", "single-use");
    }

    @Test
    void whatTheOperatorChoosesHoldsWhateverTheFeatures() {
        enable(Profile.Feature.STATELESS);
        starts(Map.of("store", "infinispan"));
        tries();

        assertThat(opened).containsExactly("gatehouse-infinispan");
    }

    @Test
    void allRequestsShareOneLimiter() {
        starts(Map.of());
        for (int i = 0; i < 5; i++) {
            assertThat(tries().goesOn()).isTrue();
        }

        assertThat(tries().outcome()).isEqualTo(Verdict.Outcome.REFUSED);
        assertThat(opened).hasSize(1);
    }

    @Test
    void theLocalStoreNeedsNoProvider() {
        stores.clear();
        starts(Map.of("store", "local"));
        tells(new PostMigrationEvent(keycloak));
        for (int i = 0; i < 5; i++) {
            assertThat(tries().goesOn()).isTrue();
        }

        assertThat(tries().outcome()).isEqualTo(Verdict.Outcome.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"redis,redis", "auto,infinispan", "single-use,single-use"})
    void aStoreWhoseJarIsNotThereStopsTheServerInOneSentence(String store, String missing) {
        stores.clear();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> starts(Map.of("store", store)))
                .withMessage("Gatehouse: " + PLACE + "store is \"" + store + "\" but there is no provider gatehouse-"
                        + missing + "; is its jar in providers/?");
    }

    @Test
    void redisIsTakenWhereItsJarIs() {
        has("gatehouse-redis");
        starts(Map.of("store", "redis"));
        tries();

        assertThat(opened).containsExactly("gatehouse-redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"store=memcached", "failure-mode=open", "local-counters=999", "trusted-hops=0"})
    void aWrongOptionStopsTheServerWithTheWholeNameOfTheOption(String option) {
        String key = option.substring(0, option.indexOf('='));
        String value = option.substring(key.length() + 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of(key, value))))
                .withMessageStartingWith("Gatehouse: " + PLACE + key + " is \"" + value + "\" but must be ");
    }

    @Test
    void aServerThatNeverStartedCanBeClosed() {
        assertThatCode(new GatehouseLimiterFactory()::close).doesNotThrowAnyException();
    }
}
