// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.pack.PackInfo;
import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.settings.ServerOptions;
import dev.gatehouse.spi.time.ServerClock;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.provider.Spi;

/** The queue of this process: a pool of few threads with a bounded number of waiting jobs. */
public final class BoundedMailQueueFactory implements MailQueueFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-mail-queue";

    static final Setting<Integer> CAPACITY = Setting.integer(
            "capacity",
            "Waiting jobs",
            "How many mails may wait for a thread or for their next try, a quarter of them to one address; the next one "
                    + "is refused and reported.",
            1000,
            1,
            100_000);
    static final Setting<Integer> THREADS =
            Setting.integer("threads", "Threads", "How many mails are sent at a time.", 4, 1, 64);
    static final Setting<Duration> DRAIN = Setting.duration(
            "drain",
            "Time to drain",
            "How long a stopping server goes on sending the mails that wait. Those that wait for their next try get it at "
                    + "once; those that are left are reported.",
            "10s",
            "0s",
            "5m");
    static final Setting<Integer> ATTEMPTS = Setting.integer(
            "attempts",
            "Tries",
            "How often a mail is tried in all, if the mail server cannot be reached or says that it cannot take it for now.",
            4,
            1,
            10);
    static final Setting<Duration> RETRY_AFTER = Setting.duration(
            "retry-after",
            "Wait before the second try",
            "How long a mail waits after its first try; after each further one twice as long, and up to a quarter more.",
            "2s",
            "1s",
            "5m");
    static final Setting<Duration> SEND_LIMIT = Setting.duration(
            "send-limit",
            "Time for a try",
            "How long a try may take. A longer one counts as failed; it can still arrive.",
            "30s",
            "1s",
            "5m");

    /** Every option of the queue, in the order in which documents list them. */
    public static final List<Setting<?>> OPTIONS = List.of(CAPACITY, THREADS, DRAIN, ATTEMPTS, RETRY_AFTER, SEND_LIMIT);

    private static final String PLACE = "spi-" + MailQueueSpi.NAME + "--" + PROVIDER_ID + "--";

    private final InstantSource clock = ServerClock.get();
    private final SecureRandom random = new SecureRandom();

    private Settings options = Settings.read(OPTIONS, key -> null);
    private @Nullable MailWorkers workers;
    private @Nullable KeycloakSessionFactory started;

    @Override
    public MailQueue create(KeycloakSession session) {
        return job -> {
            MailWorkers ready = workers;
            if (ready == null) {
                throw new IllegalStateException("The mail queue is used before the server started");
            }
            session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
                @Override
                protected void commitImpl() {
                    ready.submit(job);
                }

                @Override
                protected void rollbackImpl() {
                    // What the request did not do needs no mail.
                }
            });
        };
    }

    @Override
    public void init(Config.Scope scope) {
        options = ServerOptions.read(scope, PLACE, OPTIONS);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        Retries retries = new Retries(options.get(ATTEMPTS), options.get(RETRY_AFTER), random);
        workers = new MailWorkers(
                new MailDelivery.Post(factory, retries, clock, new MailMetrics()),
                new MailWorkers.Bounds(
                        options.get(THREADS), options.get(CAPACITY), options.get(SEND_LIMIT), options.get(DRAIN)));
        started = factory;
    }

    /**
     * Nothing to start; to stop, all others: a mail needs the database, the caches, themes and whatever else. Keycloak
     * closes in the order that this asks for, and in none without it.
     */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        KeycloakSessionFactory all = started;
        return all == null
                ? Set.of()
                : all.getSpis().stream()
                        .map(Spi::getProviderClass)
                        .filter(kind -> kind != MailQueue.class)
                        .filter(kind ->
                                all.getProviderFactoriesStream(kind).findAny().isPresent())
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        if (workers != null) {
            workers.close();
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
        return PackInfo.of(options, OPTIONS);
    }
}
