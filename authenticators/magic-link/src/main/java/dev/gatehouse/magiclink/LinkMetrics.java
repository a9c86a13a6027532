// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import io.micrometer.core.instrument.Metrics;

/** What operators count of links. */
final class LinkMetrics {

    /** Prometheus: gatehouse_magic_link_total. */
    private static final String LINKS = "gatehouse.magic.link";

    private LinkMetrics() {}

    static void sent(ChannelKind channel) {
        count("sent", channel.code());
    }

    static void notSent(String reason) {
        count("not_sent", reason);
    }

    static void redeemed(SignIn.Way way) {
        count("redeemed", way.code());
    }

    static void refused(String reason) {
        count("refused", reason);
    }

    private static void count(String outcome, String detail) {
        Metrics.counter(LINKS, "outcome", outcome, "detail", detail).increment();
    }
}
