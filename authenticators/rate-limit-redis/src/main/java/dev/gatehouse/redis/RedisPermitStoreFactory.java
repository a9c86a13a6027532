// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.limit.PermitStoreFactory;
import dev.gatehouse.spi.limit.PermitStoreSpi;
import dev.gatehouse.spi.pack.PackInfo;
import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.settings.ServerOptions;
import dev.gatehouse.spi.time.ServerClock;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** The limiter's store on Redis. Until the limiter opens it, nothing connects anywhere. */
public final class RedisPermitStoreFactory implements PermitStoreFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-redis";

    static final Setting<Optional<RedisUrl>> URL = Setting.text(
            "url",
            "Address",
            "Where Redis is; needed if the limiter's store is redis. With rediss:// the connection is TLS, and Redis has "
                    + "to show a certificate for this host that the server's truststore leads to.",
            "",
            RedisUrl.RANGE,
            text -> Optional.of(RedisUrl.parse(text)).filter(url -> url.isPresent() || text.isEmpty()));
    static final Setting<String> USERNAME = Setting.text(
            "username",
            "User",
            "The user that Redis knows; without one, its default user.",
            "",
            "a text",
            Optional::of);
    static final Setting<Password> PASSWORD = Setting.text(
            "password",
            "Password",
            "The password of that user. Best set in a keystore or by the environment, where no list of processes shows "
                    + "it.",
            "",
            "a text",
            text -> Optional.of(new Password(text)));
    static final Setting<Integer> TIMEOUT = Setting.integer(
            "timeout-millis",
            "Time-out",
            "How many milliseconds to wait for a free connection, to connect, and for an answer, each. With a Redis that "
                    + "hangs, a request waits for two of them.",
            200,
            50,
            1000);
    static final Setting<Integer> POOL_SIZE = Setting.integer(
            "pool-size", "Connections", "How many connections to Redis a node has at a time.", 8, 1, 256);
    static final Setting<String> KEY_PREFIX = Setting.text(
            "key-prefix",
            "Prefix of keys",
            "Begins every key. Systems that share a Redis but not their counters need one each.",
            "gatehouse",
            "1 to 40 letters, digits, points, hyphens or underscores",
            text -> Optional.of(text).filter(it -> it.matches("[A-Za-z0-9._-]{1,40}")));

    /** Every option, in the order in which documents list them. */
    public static final List<Setting<?>> OPTIONS = List.of(URL, USERNAME, PASSWORD, TIMEOUT, POOL_SIZE, KEY_PREFIX);

    private static final String PLACE = "spi-" + PermitStoreSpi.NAME + "--" + PROVIDER_ID + "--";

    private final InstantSource clock = ServerClock.get();

    private Settings options = Settings.read(OPTIONS, key -> null);
    private @Nullable RedisPermitStore store;

    @Override
    public void init(Config.Scope scope) {
        String url = scope.get(URL.key());
        if (url != null && url.contains("@")) {
            // Without the value, which may well hold the password.
            throw new IllegalArgumentException("Gatehouse: " + PLACE + URL.key() + " must not hold a user or password: "
                    + USERNAME.key() + " and " + PASSWORD.key() + " are options of their own");
        }
        options = ServerOptions.read(scope, PLACE, OPTIONS);
        if (!options.get(USERNAME).isEmpty() && !options.get(PASSWORD).isSet()) {
            throw new IllegalArgumentException(
                    "Gatehouse: " + PLACE + USERNAME.key() + " is set but " + PASSWORD.key() + " is not");
        }
    }

    @Override
    public synchronized PermitStore open(KeycloakSessionFactory factory) {
        if (store == null) {
            RedisUrl url = options.get(URL)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Gatehouse: " + PLACE + URL.key() + " is not set but the limiter's store is redis"));
            HostAndPort address = new HostAndPort(url.host(), url.port());
            JedisClientConfig client = client(url);
            Connections connections = new Connections(
                    () -> new Connection(address, client),
                    options.get(POOL_SIZE),
                    Duration.ofMillis(options.get(TIMEOUT)),
                    clock);
            store = new RedisPermitStore(connections, url.place(), options.get(KEY_PREFIX), new SecureRandom());
        }
        return store;
    }

    // The way that is not deprecated makes a new TLS context, and reads the truststore, for every connection.
    @SuppressWarnings("deprecation")
    private JedisClientConfig client(RedisUrl url) {
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .timeoutMillis(options.get(TIMEOUT))
                .database(url.database())
                // The JVM's own context, which Keycloak's truststore options set up; the host's name is checked.
                .ssl(url.tls())
                // A connection says no more than it has to: each question more is one more that can hang.
                .serverDefaultProtocol()
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (options.get(PASSWORD).isSet()) {
            client.password(options.get(PASSWORD).text());
        }
        if (!options.get(USERNAME).isEmpty()) {
            client.user(options.get(USERNAME));
        }
        return client.build();
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // The limiter opens the store, if it is the chosen one.
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            store.close();
        }
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
        // As it was given: an address that is not there is not "Optional.empty".
        info.put(URL.key(), options.get(URL).map(RedisUrl::toString).orElse(""));
        return info;
    }
}
