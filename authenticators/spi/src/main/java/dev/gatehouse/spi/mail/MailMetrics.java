// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.util.Locale;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;

/** The figures of the queue. They name no realm and no recipient. */
final class MailMetrics {

    /** What became of a mail; {@link #RETRIED} is counted for each further try, the others once for each mail. */
    enum Outcome {
        SENT,
        RETRIED,
        FAILED,
        REFUSED,
        TIMED_OUT,
        TOO_LATE,
        STOPPED
    }

    /** Prometheus: gatehouse_mail_total. */
    private static final String MAILS = "gatehouse.mail";

    private static final String WAITING = "gatehouse.mail.waiting";

    /** Shows how many jobs of {@code lanes} wait, as long as somebody holds them. */
    void watch(Lanes lanes) {
        Metrics.gauge(WAITING, Tags.empty(), lanes, Lanes::waiting);
    }

    void count(Outcome outcome) {
        Metrics.counter(MAILS, "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
