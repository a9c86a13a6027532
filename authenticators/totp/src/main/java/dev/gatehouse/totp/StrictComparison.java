// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import dev.gatehouse.core.otp.CounterBasedCheck;
import dev.gatehouse.core.otp.CounterParameters;
import dev.gatehouse.core.otp.OtpParameters;
import dev.gatehouse.core.otp.OtpSecret;
import dev.gatehouse.core.otp.StepMatch;
import dev.gatehouse.core.otp.TimeBasedCheck;
import dev.gatehouse.core.singleuse.SingleUseStore;
import org.keycloak.models.RealmModel;

/** As the design of this package has it: bounds, constant time, no code twice and none before the newest. */
final class StrictComparison implements Comparison {

    private static final String STEP = "gatehouse.otp.step.";
    private static final String COUNTER = "gatehouse.otp.counter.";

    /** No request that read a counter lives as long. */
    private static final Duration AFTER_ANY_REQUEST = Duration.ofMinutes(30);

    private final RealmModel realm;
    private final SingleUseStore used;
    private final InstantSource clock;

    StrictComparison(RealmModel realm, SingleUseStore used, InstantSource clock) {
        this.realm = realm;
        this.used = used;
        this.clock = clock;
    }

    @Override
    public boolean canCompare(Device device) {
        return device.isCounter()
                ? byCounter(device).isPresent()
                : byTime(device).isPresent();
    }

    private Optional<OtpParameters> byTime(Device device) {
        return OtpParameters.ofDevice(
                device.data().getAlgorithm(),
                device.data().getDigits(),
                device.data().getPeriod(),
                realm.getOTPPolicy().getLookAheadWindow());
    }

    private Optional<CounterParameters> byCounter(Device device) {
        return CounterParameters.ofDevice(
                device.data().getAlgorithm(),
                device.data().getDigits(),
                realm.getOTPPolicy().getLookAheadWindow());
    }

    @Override
    public OptionalInt counterAfter(Device device, OtpSecret secret, String typed) {
        if (device.isCounter()) {
            return byCounter(device)
                    .map(parameters -> nextCounter(device, secret, parameters, typed))
                    .orElseGet(OptionalInt::empty);
        }
        return byTime(device)
                        .flatMap(parameters -> TimeBasedCheck.match(secret, parameters, clock.instant(), typed))
                        .filter(match -> claims(device.id(), match))
                        .isPresent()
                ? NO_COUNTER
                : OptionalInt.empty();
    }

    /** Uses a step and all before it up; false if it was used. */
    boolean claims(String id, StepMatch match) {
        boolean first = used.claim(STEP + id + "." + match.step(), match.keep());
        if (first) {
            match.older().forEach(step -> used.claim(STEP + id + "." + step, match.keep()));
        }
        return first;
    }

    private OptionalInt nextCounter(Device device, OtpSecret secret, CounterParameters parameters, String typed) {
        int expected = device.data().getCounter();
        OptionalLong match = CounterBasedCheck.match(secret, parameters, expected, typed);
        // The last number of all is not stored: there is none after it.
        if (match.isEmpty() || match.getAsLong() >= Integer.MAX_VALUE) {
            return OptionalInt.empty();
        }
        int counter = (int) match.getAsLong();
        if (!used.claim(COUNTER + device.id() + "." + counter, AFTER_ANY_REQUEST)) {
            return OptionalInt.empty();
        }
        // Requests that read the row before this one must not use those that were left out.
        for (int older = counter - 1; older >= expected; older--) {
            used.claim(COUNTER + device.id() + "." + older, AFTER_ANY_REQUEST);
        }
        return OptionalInt.of(counter + 1);
    }
}
