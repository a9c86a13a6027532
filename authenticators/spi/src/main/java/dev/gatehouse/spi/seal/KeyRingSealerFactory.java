// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.pack.PackInfo;
import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.settings.ServerOptions;
import dev.gatehouse.spi.time.ServerClock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.common.util.Environment;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * Keeps the ring of keys that secrets are sealed with. Without an option for it nothing is sealed; then a server on whose
 * database something was sealed does not start, unless it only exports or rescues.
 */
public final class KeyRingSealerFactory implements SecretSealerFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-key-ring";

    static final Setting<String> FILE = Setting.text(
            "file",
            "Key ring file",
            "A file with the keys, such as a mounted secret: a line a key, its name and 32 bytes in Base64, the key that is "
                    + "to seal first. Its mode must be 0640 or stricter. It is read again when it changes.",
            "",
            "the path of a file",
            text -> isPath(text) ? Optional.of(text) : Optional.empty());
    static final Setting<String> VARIABLE = Setting.text(
            "variable",
            "Key ring variable",
            "An environment variable with the keys as they would stand in the file; semicolons may stand for the ends of "
                    + "lines.",
            "",
            "the name of an environment variable",
            text -> text.matches("([A-Za-z_][A-Za-z0-9_]{0,99})?") ? Optional.of(text) : Optional.empty());
    static final Setting<String> VAULT = Setting.text(
            "vault",
            "Key ring in the vault",
            "An entry of Keycloak's vault, one in each realm, with the keys as they would stand in the file. It is looked at "
                    + "when a realm needs it first, not at start.",
            "",
            "the name of an entry",
            text -> text.matches("[A-Za-z0-9_-]{0,64}") ? Optional.of(text) : Optional.empty());

    /** Every option, in the order in which documents list them. */
    public static final List<Setting<?>> OPTIONS = List.of(FILE, VARIABLE, VAULT);

    private static final String PLACE = "spi-" + SecretSealerSpi.NAME + "--" + PROVIDER_ID + "--";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Logger LOG = Logger.getLogger(KeyRingSealerFactory.class);

    private final InstantSource clock = ServerClock.get();
    private final SecureRandom random = new SecureRandom();

    private Settings options = Settings.read(OPTIONS, key -> null);
    private @Nullable KeyRegistry registry;
    private @Nullable KeyWatch watch;
    private @Nullable VaultKeys vault;
    private @Nullable ScheduledExecutorService looking;
    private @Nullable Future<?> looks;

    private static boolean isPath(String text) {
        try {
            return Path.of(text) != null;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public void init(Config.Scope scope) {
        options = ServerOptions.read(scope, PLACE, OPTIONS);
        List<String> set = Stream.of(FILE, VARIABLE, VAULT)
                .filter(option -> !options.get(option).isEmpty())
                .map(option -> PLACE + option.key())
                .toList();
        if (set.size() > 1) {
            throw new IllegalArgumentException("Gatehouse: only one of these can be set: " + String.join(", ", set));
        }
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        KeyRegistry rows = new JpaKeyRegistry(factory, clock);
        registry = rows;
        source().ifPresent(source -> watch =
                new KeyWatch(source, rows, UUID.randomUUID().toString(), () -> members(factory), clock, random));
        if (!options.get(VAULT).isEmpty()) {
            vault = new VaultKeys(options.get(VAULT), rows, clock, random);
        }
        factory.register(event -> {
            if (event instanceof PostMigrationEvent && !Environment.isNonServerMode()) {
                started();
            }
        });
    }

    private Optional<KeySource> source() {
        if (!options.get(FILE).isEmpty()) {
            return Optional.of(new FileKeys(Path.of(options.get(FILE))));
        }
        return options.get(VARIABLE).isEmpty()
                ? Optional.empty()
                : Optional.of(new VariableKeys(System.getenv(), options.get(VARIABLE)));
    }

    private void started() {
        KeyWatch ready = watch;
        if (ready == null) {
            withoutRing();
            return;
        }
        try {
            KeyWatch.Keys keys = ready.keys();
            LOG.infof(
                    "Secrets are sealed; keys: %s, the one that seals: %s",
                    String.join(", ", keys.ring().ids()), nameOf(keys));
        } catch (SealingUnavailableException e) {
            throw new IllegalStateException("Gatehouse: " + e.getMessage(), e);
        }
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "gatehouse-keys");
            named.setDaemon(true);
            return named;
        });
        looks = thread.scheduleWithFixedDelay(
                () -> lookAgain(ready), LOOK_EVERY.toSeconds(), LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
        looking = thread;
    }

    private void withoutRing() {
        List<String> used = Objects.requireNonNull(registry).canaries(KeyWatch.SCOPE).stream()
                .map(canary -> canary.keyId())
                .toList();
        if (!used.isEmpty()) {
            throw new IllegalStateException("Gatehouse: secrets are sealed with " + String.join(", ", used)
                    + ", but neither " + PLACE + FILE.key() + " nor " + PLACE + VARIABLE.key() + " is set");
        }
        LOG.info(
                vault == null
                        ? "No key ring is set: secrets of one-time passwords are stored as Keycloak stores them"
                        : "Keys are in the vault of each realm and looked at when they are needed first");
    }

    private static void lookAgain(KeyWatch watch) {
        try {
            watch.look();
        } catch (RuntimeException e) {
            // The end of the thread's stack: the database may be away, and the next look must come all the same.
            LOG.error("The keys could not be looked at; those from before go on to hold", e);
        }
    }

    /** How many nodes are in the cluster that shares caches; 1 where there is none. */
    private static int members(KeycloakSessionFactory factory) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory, session -> Optional.ofNullable(session.getProvider(InfinispanConnectionProvider.class))
                        .map(connections -> connections.getCache(InfinispanConnectionProvider.USER_CACHE_NAME, false))
                        .map(cache -> cache.getCacheManager().getMembers())
                        .map(List::size)
                        .orElse(1));
    }

    private static String nameOf(KeyWatch.Keys keys) {
        return keys.sealing() == null
                ? "none before all nodes have it"
                : keys.sealing().id();
    }

    @Override
    public SecretSealer create(KeycloakSession session) {
        KeyWatch ring = watch;
        if (ring != null) {
            return new RingSealer(realm -> ring.keys(), random);
        }
        VaultKeys rings = vault;
        return rings == null
                ? new NoSealer()
                : new RingSealer(
                        realm -> {
                            var own = rings.ring(session, realm);
                            return new KeyWatch.Keys(own, own.first());
                        },
                        random);
    }

    @Override
    public void close() {
        if (looks != null) {
            looks.cancel(true);
        }
        if (looking != null) {
            looking.shutdownNow();
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
        Map<String, String> info = new LinkedHashMap<>(PackInfo.of(options, OPTIONS));
        KeyWatch ring = watch;
        if (ring != null) {
            KeyWatch.Keys keys = ring.keys();
            info.put("keys", keys.ring().ids().stream().collect(Collectors.joining(", ")));
            info.put("the key that seals", nameOf(keys));
        }
        return info;
    }
}
