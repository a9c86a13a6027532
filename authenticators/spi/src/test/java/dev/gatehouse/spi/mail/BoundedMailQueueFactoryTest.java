// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeConfig;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeSession;
import dev.gatehouse.spi.fake.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.Spi;
import org.keycloak.theme.ThemeProvider;
import org.keycloak.vault.VaultProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
class BoundedMailQueueFactoryTest {

    private final CapturedLog log = new CapturedLog(MailWorkers.class);
    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);
    private final FakeSession session = server.request(realm);
    private final BoundedMailQueueFactory factory = new BoundedMailQueueFactory();

    @AfterEach
    void stop() {
        factory.close();
        log.close();
    }

    private MailQueue queue(Map<String, String> options) {
        factory.init(FakeConfig.scope(options));
        factory.postInit(server.factory());
        return factory.create(session.model());
    }

    @Test
    void aJobStartsOnlyAfterTheCommit() throws InterruptedException {
        TestJob job = TestJob.quick();
        queue(Map.of()).afterCommit(job);
        assertThat(job.hasStarted()).isFalse();
        assertThat(session.transactions().afterCompletion()).hasSize(1);

        session.transactions().commit();
        assertThat(job.awaitEnd().thread()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void aJobNeverStartsAfterARollback() throws InterruptedException {
        MailQueue queue = queue(Map.of("threads", "1"));
        TestJob job = TestJob.quick();
        queue.afterCommit(job);
        session.transactions().rollback();

        // One thread, first come first served: had the job been handed on, it would be through by now.
        TestJob later = TestJob.quick();
        FakeSession next = server.request(realm);
        factory.create(next.model()).afterCommit(later);
        next.transactions().commit();
        later.awaitEnd();
        assertThat(job.hasStarted()).isFalse();
        assertThat(job.refusals()).isZero();
    }

    @Test
    void theOptionsBoundTheQueue() throws InterruptedException {
        MailQueue queue = queue(Map.of("threads", "1", "capacity", "1", "drain", "0s"));
        TestJob running = TestJob.held();
        queue.afterCommit(running);
        session.transactions().commit();
        running.awaitStart();

        TestJob waiting = TestJob.quick();
        TestJob tooMuch = TestJob.quick();
        FakeSession next = server.request(realm);
        MailQueue again = factory.create(next.model());
        again.afterCommit(waiting);
        again.afterCommit(tooMuch);
        next.transactions().commit();

        assertThat(waiting.refusals()).isZero();
        assertThat(tooMuch.refusals()).isEqualTo(1);
    }

    @Test
    void aQueueIsNotUsedBeforeTheServerStarted() {
        MailQueue queue = factory.create(session.model());

        assertThatIllegalStateException()
                .isThrownBy(() -> queue.afterCommit(TestJob.quick()))
                .withMessage("The mail queue is used before the server started");
    }

    @Test
    void theDefaultsAreTheseAndTheConsoleOfTheServerShowsWhatHolds() {
        assertThat(factory.getId()).isEqualTo("gatehouse-mail-queue");
        assertThat(factory.getConfigMetadata())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("capacity", "threads", "drain", "attempts", "retry-after", "send-limit");
        assertThat(factory.getOperationalInfo())
                .containsEntry("capacity", "1000")
                .containsEntry("threads", "4")
                .containsEntry("drain", "PT10S")
                .containsEntry("attempts", "4")
                .containsEntry("retry-after", "PT2S")
                .containsEntry("send-limit", "PT30S")
                .containsKey("version");

        factory.init(FakeConfig.scope(Map.of("threads", "64")));
        assertThat(factory.getOperationalInfo()).containsEntry("threads", "64");
    }

    @Test
    void aWrongOptionStopsTheServerWithTheWholeNameOfTheOption() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of("threads", "65"))))
                .withMessage("Gatehouse: spi-gatehouse-mail--gatehouse-mail-queue--threads is \"65\" but must be a "
                        + "whole number from 1 to 64");
    }

    @Test
    void itIsClosedBeforeWhateverAMailNeedsAndStartsWithoutAnyOfIt() {
        Spi queue = new MailQueueSpi();
        Spi themes = spi(ThemeProvider.class);
        Spi unused = spi(VaultProvider.class);
        KeycloakSessionFactory all = Stub.of(KeycloakSessionFactory.class)
                .is("getSpis", Set.of(queue, themes, unused))
                .on(
                        "getProviderFactoriesStream",
                        call -> call.get(0) == VaultProvider.class ? Stream.empty() : Stream.of(factory))
                .get();
        assertThat(factory.dependsOn()).isEmpty();

        factory.postInit(all);
        assertThat(factory.dependsOn()).containsExactly(ThemeProvider.class);
    }

    private static Spi spi(Class<? extends Provider> kind) {
        return Stub.of(Spi.class).is("getProviderClass", kind).get();
    }

    @Test
    void aServerThatNeverStartedCanBeClosed() {
        new BoundedMailQueueFactory().close();
    }
}
