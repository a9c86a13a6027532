// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.pack.PackInfo;
import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.settings.ServerOptions;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** The queue of this process: a pool of few threads with a bounded number of waiting jobs. */
public final class BoundedMailQueueFactory implements MailQueueFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-mail-queue";

    static final Setting<Integer> CAPACITY = Setting.integer(
            "capacity",
            "Waiting jobs",
            "How many mails may wait for a thread, a quarter of them to one address; the next one is refused and "
                    + "reported.",
            1000,
            1,
            100_000);
    static final Setting<Integer> THREADS =
            Setting.integer("threads", "Threads", "How many mails are sent at a time.", 4, 1, 64);
    static final Setting<Duration> DRAIN = Setting.duration(
            "drain",
            "Time to drain",
            "How long a stopping server goes on sending the mails that wait.",
            "10s",
            "0s",
            "5m");

    /** Every option of the queue, in the order in which documents list them. */
    public static final List<Setting<?>> OPTIONS = List.of(CAPACITY, THREADS, DRAIN);

    private static final String PLACE = "spi-" + MailQueueSpi.NAME + "--" + PROVIDER_ID + "--";

    private Settings options = Settings.read(OPTIONS, key -> null);
    private @Nullable MailWorkers workers;

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
        workers = new MailWorkers(factory, options.get(THREADS), options.get(CAPACITY), options.get(DRAIN));
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
