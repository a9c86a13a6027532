// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.util.ArrayList;
import java.util.List;

import dev.gatehouse.kit.bench.Bootstrap.Pair;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.journey.Guesser;
import dev.gatehouse.kit.journey.Person;

/**
 * What the limits add to the request that verifies a password.
 *
 * <p>Two realms on one server, both made from the shipped realm's file. One is as shipped: our form, the filter, the
 * headers and the device mark. The other is without all of that: Keycloak's form, and no switch on. Sign-ins, each in a
 * browser and from an address that were never used, alternate between them.
 */
final class LoginCost {

    private static final double MOST = 1.05;
    private static final int WARM_UP = 60;
    private static final int PAIRS = 600;
    private static final int PART = 100;

    private final Gatehouse gatehouse;
    private final Report report;

    LoginCost(Gatehouse gatehouse, Report report) {
        this.gatehouse = gatehouse;
        this.report = report;
    }

    void measure() {
        TwinRealm with = TwinRealm.asShipped(gatehouse);
        TwinRealm without = TwinRealm.withoutLimits(gatehouse);
        report.progress("Signing in " + WARM_UP + " times in each of two realms to warm up ...");
        pairs(WARM_UP, with, without);
        List<Pair> pairs = new ArrayList<>();
        while (pairs.size() < PAIRS) {
            report.progress("Signing in, " + pairs.size() + " of " + PAIRS + " pairs are done ...");
            pairs.addAll(pairs(PART, with, without));
        }
        report.add(Result.ofRatio("Sign-in by password with limits, as a multiple of one without", MOST, pairs));
    }

    private static List<Pair> pairs(int count, TwinRealm with, TwinRealm without) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // What comes first may find the machine in another state than what follows.
            if (i % 2 == 0) {
                double first = signIn(with, i);
                pairs.add(new Pair(first, signIn(without, i)));
            } else {
                double first = signIn(without, i);
                pairs.add(new Pair(signIn(with, i), first));
            }
        }
        return pairs;
    }

    /** How many milliseconds it takes from the right password to the redirect to the app. */
    private static double signIn(TwinRealm realm, int turn) {
        Person person = realm.person(turn);
        Page form = Guesser.form(realm.app(), Browser.fresh());
        long begin = System.nanoTime();
        Page end = Guesser.type(form, person.username(), person.password());
        double millis = (System.nanoTime() - begin) / 1e6;
        if (!end.isAtStop()) {
            throw new IllegalStateException(
                    "A sign-in did not end at the app but at " + end.describe() + ": " + end.text());
        }
        if (end.header("RateLimit-Policy").isEmpty() == realm.limited()) {
            throw new IllegalStateException("The realm that was measured is not the one that was meant");
        }
        return millis;
    }
}
