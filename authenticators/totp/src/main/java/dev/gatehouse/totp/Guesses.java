// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.time.Duration;
import java.util.List;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Quota;
import dev.gatehouse.spi.limit.Verdict;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * How often the second factor of one account may be tried, whatever asks: 5 times in 5 minutes and 30 times a day, and never
 * again after 100 wrong codes in a row. A try is counted before anything is compared, over all nodes and in no transaction
 * of the request. A right code gives its try back and ends the row.
 *
 * <p>A browser that passed a sign-in of this account before has a budget of its own, so nobody else can use it up. The row
 * of 100 is one for all browsers.
 */
final class Guesses {

    /** After so many in a row only an administrator opens the factor again (NIST SP 800-63B, 3.2.2). */
    static final int MOST_IN_A_ROW = 100;

    private static final List<Rate> RATES =
            List.of(new Rate(5, Duration.ofMinutes(5)), new Rate(30, Duration.ofDays(1)));

    private final Limiter limiter;
    private final FailedCodesStore failed;
    private final RealmModel realm;
    private final UserModel user;

    Guesses(Limiter limiter, FailedCodesStore failed, RealmModel realm, UserModel user) {
        this.limiter = limiter;
        this.failed = failed;
        this.realm = realm;
        this.user = user;
    }

    private Quota quota() {
        return new Quota("otp", RATES, user.getId(), Bucket.Area.KNOWN, user.getUsername());
    }

    /** Takes a try. Whoever gets none must not look at the code. */
    Verdict take() {
        return limiter.acquireStrictly(realm, quota());
    }

    /** What {@link #take} would say now. */
    Verdict look() {
        return limiter.look(realm, quota());
    }

    /** How many codes were wrong in a row. From {@value #MOST_IN_A_ROW} on the factor is shut. */
    int inARow() {
        return failed.inARow(user.getId());
    }

    /** A code was compared, and it was not right. */
    void wrong() {
        failed.add(realm.getId(), user.getId());
    }

    /** @param inARow how many were wrong before */
    void right(Verdict taken, int inARow) {
        limiter.giveBack(taken);
        if (inARow > 0) {
            failed.clear(user.getId());
        }
    }
}
