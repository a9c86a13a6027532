// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.core.limit.StoreWatch;
import io.micrometer.core.instrument.Metrics;
import org.jboss.logging.Logger;

/** What operators see of the limiter: figures, and one line for each change of the store's state. */
final class LimitMetrics implements StoreWatch {

    private static final Logger LOG = Logger.getLogger(LimitMetrics.class);

    /** Prometheus: gatehouse_rate_limit_total. */
    private static final String DECISIONS = "gatehouse.rate.limit";

    private static final String STORE_FAILURES = "gatehouse.rate.limit.store.failures";
    private static final String STORE_UP = "gatehouse.rate.limit.store.up";

    private final String store;
    private final String meanwhile;
    private final AtomicInteger up = new AtomicInteger(1);

    /**
     * @param store its name
     * @param meanwhile what happens while it is away, as a clause
     */
    LimitMetrics(String store, String meanwhile) {
        this.store = store;
        this.meanwhile = meanwhile;
        Metrics.gauge(STORE_UP, up);
    }

    void decided(String rule, Verdict.Outcome outcome) {
        Metrics.counter(DECISIONS, "rule", rule, "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void failed() {
        Metrics.counter(STORE_FAILURES).increment();
    }

    @Override
    public void away(StoreUnavailableException why) {
        up.set(0);
        LOG.warnf(
                "The store of rate limits, %s, does not answer; until it does, %s: %s",
                store, meanwhile, why.getMessage());
    }

    @Override
    public void back() {
        up.set(1);
        LOG.infof("The store of rate limits, %s, answers again", store);
    }
}
