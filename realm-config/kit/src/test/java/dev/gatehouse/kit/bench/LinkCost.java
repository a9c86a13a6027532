// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

import dev.gatehouse.kit.bench.Bootstrap.Pair;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.mail.MailServer;

/**
 * What the request that asks for a link costs: against Keycloak's own form for a username; with a mail server that is
 * slow, and with none; and for an address of somebody against one of nobody. Each request comes from a browser and an
 * address that were never used.
 */
final class LinkCost {

    private static final double MOST_OF_A_FORM = 1.3;
    private static final double MOST_OF_TROUBLE = 1.05;
    private static final double LEAST_CHANCE = 0.01;
    private static final int WARM_UP = 60;
    private static final int PAIRS = 300;
    private static final int SAMPLES = 400;

    private final Gatehouse gatehouse;
    private final Report report;

    LinkCost(Gatehouse gatehouse, Report report) {
        this.gatehouse = gatehouse;
        this.report = report;
    }

    void measure() {
        TwinRealm links =
                TwinRealm.thatMails(gatehouse, "links", gatehouse.mail().port());
        report.progress("Asking for links to warm up ...");
        for (int i = 0; i < WARM_UP; i++) {
            double unused = ask(links, links.person(i).address());
        }
        somebodyAndNobody(links);
        withATroubledMailServer(links);
        againstAForm(links);
    }

    private void againstAForm(TwinRealm links) {
        TwinRealm names = TwinRealm.thatAsksForNames(gatehouse, "names");
        for (int i = 0; i < WARM_UP; i++) {
            double unused = name(names, i);
        }
        report.progress("Asking for links and typing names, " + PAIRS + " pairs ...");
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            if (i % 2 == 0) {
                double first = ask(links, links.person(i).address());
                pairs.add(new Pair(first, name(names, i)));
            } else {
                double first = name(names, i);
                pairs.add(new Pair(ask(links, links.person(i).address()), first));
            }
        }
        report.add(Result.ofRatio(
                "Asking for a link, as a multiple of Keycloak's form for a username", MOST_OF_A_FORM, pairs));
    }

    /** In an order that is drawn: what one request leaves to be done is at nobody's expense in particular. */
    private void somebodyAndNobody(TwinRealm links) {
        report.progress("Asking for links of somebody and of nobody, " + SAMPLES + " samples ...");
        List<Boolean> order = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            order.add(i % 2 == 0);
        }
        Collections.shuffle(order, new Random(SAMPLES));
        List<Double> somebody = new ArrayList<>();
        List<Double> nobody = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            boolean known = order.get(i);
            double millis = ask(links, known ? links.person(i).address() : nobodysAddress());
            (known ? somebody : nobody).add(millis);
        }
        double chance = RankSum.probability(somebody, nobody);
        report.add(Result.of(
                "Asking for a link of somebody and of nobody (" + SAMPLES + " samples)",
                "no difference at 1 %",
                String.format(
                        Locale.ROOT, "p = %.3f (medians %.1f and %.1f ms)", chance, median(somebody), median(nobody)),
                chance >= LEAST_CHANCE));
    }

    private void withATroubledMailServer(TwinRealm links) {
        try (MailServer slowServer = MailServer.start()) {
            slowServer.answerAfter(Duration.ofSeconds(2));
            TwinRealm slow = TwinRealm.thatMails(gatehouse, "slow-mail", slowServer.port());
            TwinRealm down = TwinRealm.thatMails(gatehouse, "no-mail", closedPort());
            for (int i = 0; i < WARM_UP / 3; i++) {
                double unused = ask(slow, slow.person(i).address())
                        + ask(down, down.person(i).address());
            }
            report.progress("Asking for links where mail is slow, and where there is none, " + PAIRS + " rounds ...");
            List<Pair> slowPairs = new ArrayList<>();
            List<Pair> downPairs = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                double[] millis = round(i, List.of(links, slow, down));
                slowPairs.add(new Pair(millis[1], millis[0]));
                downPairs.add(new Pair(millis[2], millis[0]));
            }
            report.add(Result.ofRatio(
                    "Asking for a link with a mail server that takes 2 s, as a multiple of a fast one",
                    MOST_OF_TROUBLE,
                    slowPairs));
            report.add(Result.ofRatio(
                    "Asking for a link with a mail server that is down, as a multiple of a fast one",
                    MOST_OF_TROUBLE,
                    downPairs));
        }
    }

    /** One request of each, another one first each time. */
    private static double[] round(int turn, List<TwinRealm> realms) {
        double[] millis = new double[realms.size()];
        for (int i = 0; i < realms.size(); i++) {
            int which = (i + turn) % realms.size();
            millis[which] =
                    ask(realms.get(which), realms.get(which).person(turn).address());
        }
        return millis;
    }

    /** How many milliseconds it takes from an address to the page that waits for the mail. */
    private static double ask(TwinRealm realm, String address) {
        Page form = realm.app().signIn(Browser.fresh());
        return timed(form, "email", address, "#gatehouse-magic-link-sent");
    }

    /** How many milliseconds it takes from a username to the page that asks for the password. */
    private static double name(TwinRealm realm, int turn) {
        Page form = realm.app().signIn(Browser.fresh());
        return timed(form, "username", realm.person(turn).username(), "input[name=password]");
    }

    private static double timed(Page form, String field, String value, String part) {
        var filled = form.form().forge(field, value);
        long begin = System.nanoTime();
        Page answer = filled.enter();
        double millis = (System.nanoTime() - begin) / 1e6;
        if (answer.document().select(part).isEmpty()) {
            throw new IllegalStateException("No " + part + " on " + answer.describe() + ": " + answer.text());
        }
        return millis;
    }

    private static String nobodysAddress() {
        return "p" + UUID.randomUUID().toString().replace("-", "").substring(0, 12) + "@people.example";
    }

    private static double median(List<Double> values) {
        return values.stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .skip(values.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free", e);
        }
    }
}
