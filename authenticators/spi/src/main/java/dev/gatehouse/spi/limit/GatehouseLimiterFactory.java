// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.gatehouse.core.limit.FailureMode;
import dev.gatehouse.core.limit.LocalPermitStore;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.RateLimiter;
import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.address.ClientAddresses;
import dev.gatehouse.spi.pack.PackInfo;
import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.settings.ServerOptions;
import dev.gatehouse.spi.settings.ToldProblems;
import dev.gatehouse.spi.time.ServerClock;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** The limiter of this process: one for all realms and requests, and one choice of a store. */
public final class GatehouseLimiterFactory implements LimiterFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-limiter";

    /** The kinds of stores. */
    enum Store {
        AUTO,
        INFINISPAN,
        SINGLE_USE,
        REDIS,
        LOCAL;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static final Setting<Store> STORE = Setting.choice(
            "store",
            "Store",
            "Where tries are counted: auto is infinispan, or single-use where the features stateless, multi-site or "
                    + "clusterless are on; redis needs gatehouse-redis.jar; local counts for each node by itself.",
            Store.class,
            Store.AUTO);
    static final Setting<FailureMode> FAILURE_MODE = Setting.choice(
            "failure-mode",
            "While the store is away",
            "local: each node counts for itself; allow: every try goes through; deny: none does.",
            FailureMode.class,
            FailureMode.LOCAL);
    static final Setting<Integer> LOCAL_COUNTERS = Setting.integer(
            "local-counters",
            "Counters in memory",
            "How many counters of each kind a node keeps in its own memory for the time while the store is away.",
            50_000,
            1_000,
            10_000_000);
    static final Setting<Integer> TRUSTED_HOPS = Setting.integer(
            "trusted-hops",
            "Trusted proxies",
            "How many proxies of yours a request passes, where proxy-headers is set without proxy-trusted-addresses: "
                    + "the client is that many entries from the right.",
            1,
            1,
            20);

    /** Every option, in the order in which documents list them. */
    public static final List<Setting<?>> OPTIONS = List.of(STORE, FAILURE_MODE, LOCAL_COUNTERS, TRUSTED_HOPS);

    private static final String PLACE = "spi-" + LimiterSpi.NAME + "--" + PROVIDER_ID + "--";

    private final InstantSource clock = ServerClock.get();
    private final ToldProblems told = new ToldProblems();

    private Settings options = Settings.read(OPTIONS, key -> null);
    private @Nullable Running running;

    /** What is there once the server has started. */
    private record Running(RateLimiter limiter, ClientAddresses addresses, LimitMetrics metrics) {}

    @Override
    public Limiter create(KeycloakSession session) {
        Running now = running(session.getKeycloakSessionFactory());
        return new RealmLimiter(session, now.limiter(), now.addresses(), now.metrics(), told);
    }

    @Override
    public void init(Config.Scope scope) {
        options = ServerOptions.read(scope, PLACE, OPTIONS);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        if (chosen() != Store.LOCAL) {
            // A store that is not there stops the start, not the first person who signs in.
            storeFactory(factory);
        }
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                running(factory);
            }
        });
    }

    private synchronized Running running(KeycloakSessionFactory factory) {
        if (running == null) {
            LocalPermitStore local = new LocalPermitStore(clock, options.get(LOCAL_COUNTERS));
            PermitStore store =
                    chosen() == Store.LOCAL ? local : storeFactory(factory).open(factory);
            LimitMetrics metrics = new LimitMetrics(chosen().text(), meanwhile());
            running = new Running(
                    new RateLimiter(store, local, options.get(FAILURE_MODE), clock, metrics),
                    ClientAddresses.fromServer(options.get(TRUSTED_HOPS)),
                    metrics);
        }
        return running;
    }

    private PermitStoreFactory storeFactory(KeycloakSessionFactory factory) {
        String id = "gatehouse-" + chosen().text();
        if (factory.getProviderFactory(PermitStoreProvider.class, id) instanceof PermitStoreFactory found) {
            return found;
        }
        throw new IllegalArgumentException("Gatehouse: " + PLACE + "store is \"" + options.shown(STORE)
                + "\" but there is no provider " + id + "; is its jar in providers/?");
    }

    /** By features, never by whether there is a cluster: some features share nothing but a database. */
    private Store chosen() {
        Store store = options.get(STORE);
        if (store != Store.AUTO) {
            return store;
        }
        boolean shared = Profile.isFeatureEnabled(Profile.Feature.STATELESS)
                || Profile.isFeatureEnabled(Profile.Feature.MULTI_SITE)
                || Profile.isFeatureEnabled(Profile.Feature.CLUSTERLESS);
        return shared ? Store.SINGLE_USE : Store.INFINISPAN;
    }

    private String meanwhile() {
        return switch (options.get(FAILURE_MODE)) {
            case LOCAL -> "each node counts for itself";
            case ALLOW -> "nothing is limited";
            case DENY -> "nothing that is limited goes through";
        };
    }

    @Override
    public void close() {
        // The stores close themselves.
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
        Map<String, String> info = PackInfo.of(options, OPTIONS);
        info.put("chosen store", chosen().text());
        return info;
    }
}
