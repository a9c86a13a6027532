// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Network addresses that no other journey uses. */
final class Network {

    private static final AtomicInteger COUNT = new AtomicInteger(new SecureRandom().nextInt(1 << 15));

    private Network() {}

    /** Of the network 172.16.0.0/12, where no {@link dev.gatehouse.kit.browser.Browser} is by itself. */
    static String next() {
        int number = COUNT.incrementAndGet();
        return "172." + (16 + (number >> 16 & 15)) + "." + (number >> 8 & 255) + "." + (number & 255);
    }
}
