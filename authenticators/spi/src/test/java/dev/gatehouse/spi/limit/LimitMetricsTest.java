// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.spi.fake.CapturedLog;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LimitMetricsTest {

    private final CapturedLog log = new CapturedLog(LimitMetrics.class);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void watch() {
        // A gauge belongs to whoever registers it first.
        Metrics.globalRegistry.clear();
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void end() {
        Metrics.removeRegistry(registry);
        Metrics.globalRegistry.clear();
        log.close();
    }

    private double up() {
        return registry.get("gatehouse.rate.limit.store.up").gauge().value();
    }

    @Test
    void aStoreThatGoesAwayIsOneWarningAndOneThatComesBackIsOneLine() {
        LimitMetrics metrics = new LimitMetrics("redis", "each node counts for itself");

        metrics.away(new StoreUnavailableException("no answer within 500 ms"));

        assertThat(log.warnings())
                .containsExactly("The store of rate limits, redis, does not answer; until it does, each node counts "
                        + "for itself: no answer within 500 ms");
        assertThat(log.infos()).isEmpty();

        metrics.back();

        assertThat(log.warnings()).hasSize(1);
        assertThat(log.infos()).containsExactly("The store of rate limits, redis, answers again");
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void theStateOfTheStoreIsAFigure() {
        LimitMetrics metrics = new LimitMetrics("redis", "nothing is limited");
        assertThat(up()).isEqualTo(1);

        metrics.away(new StoreUnavailableException("gone"));
        assertThat(up()).isZero();

        metrics.back();
        assertThat(up()).isEqualTo(1);
    }

    @Test
    void everyFailureIsCountedAndNoneIsALineOfItsOwn() {
        LimitMetrics metrics = new LimitMetrics("redis", "nothing is limited");

        metrics.failed();
        metrics.failed();

        assertThat(registry.get("gatehouse.rate.limit.store.failures").counter().count())
                .isEqualTo(2);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void decisionsAreCountedByRuleAndOutcome() {
        LimitMetrics metrics = new LimitMetrics("local", "nothing is limited");

        metrics.decided("login-address", Verdict.Outcome.ALLOWED);
        metrics.decided("login-address", Verdict.Outcome.REFUSED);
        metrics.decided("login-address", Verdict.Outcome.REFUSED);
        metrics.decided("login-name", Verdict.Outcome.REFUSED);

        assertThat(registry.get("gatehouse.rate.limit")
                        .tags("rule", "login-address", "outcome", "refused")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("gatehouse.rate.limit").counters()).hasSize(3);
    }
}
