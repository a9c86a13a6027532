// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.pack.PackInfo;
import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.settings.ServerOptions;
import dev.gatehouse.spi.time.ServerClock;
import org.infinispan.manager.EmbeddedCacheManager;
import org.keycloak.Config;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Counts in caches of Keycloak's own cluster. */
public final class InfinispanPermitStoreFactory implements PermitStoreFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-infinispan";

    static final Setting<Integer> MAX_KNOWN = most(
            "max-known",
            "Counters of accounts and browsers",
            "How many counters a node keeps whose keys the server chose. More push out those used longest ago.");
    static final Setting<Integer> MAX_TYPED = most(
            "max-typed",
            "Counters of typed names",
            "How many counters a node keeps for names and mail addresses as they were typed.");
    static final Setting<Integer> MAX_ADDRESSES = most(
            "max-addresses", "Counters of client addresses", "How many counters a node keeps for client addresses.");

    /** Every option, in the order in which documents list them. */
    public static final List<Setting<?>> OPTIONS = List.of(MAX_KNOWN, MAX_TYPED, MAX_ADDRESSES);

    private static final String PLACE = "spi-" + PermitStoreSpi.NAME + "--" + PROVIDER_ID + "--";

    private Settings options = Settings.read(OPTIONS, key -> null);

    private static Setting<Integer> most(String key, String label, String help) {
        return Setting.integer(key, label, help, 100_000, 1_000, 10_000_000);
    }

    @Override
    public PermitStore open(KeycloakSessionFactory factory) {
        InfinispanCaches caches = InfinispanCaches.open(
                managerOf(factory),
                Map.of(
                        Bucket.Area.KNOWN, options.get(MAX_KNOWN),
                        Bucket.Area.TYPED, options.get(MAX_TYPED),
                        Bucket.Area.ADDRESS, options.get(MAX_ADDRESSES)));
        return new InfinispanPermitStore(caches, ServerClock.get(), new SecureRandom());
    }

    private static EmbeddedCacheManager managerOf(KeycloakSessionFactory factory) {
        // By a cache that Keycloak has in every mode: the shared ones are missing where an outer Infinispan has them.
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory, session -> session.getProvider(InfinispanConnectionProvider.class)
                        .getCache(InfinispanConnectionProvider.KEYS_CACHE_NAME)
                        .getCacheManager());
    }

    @Override
    public void init(Config.Scope scope) {
        options = ServerOptions.read(scope, PLACE, OPTIONS);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Opened by the limiter, if this store was chosen.
    }

    @Override
    public void close() {
        // The caches are closed with the cache manager.
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ConsoleForm.of(OPTIONS);
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return PackInfo.of(options, OPTIONS);
    }
}
