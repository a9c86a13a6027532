// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;

/** Does work later, on a thread that is not to be held up. */
interface Alarm {

    /** Does {@code work} once, after {@code delay}. What it returns calls that off, if it is not being done already. */
    Runnable in(Duration delay, Runnable work);
}
