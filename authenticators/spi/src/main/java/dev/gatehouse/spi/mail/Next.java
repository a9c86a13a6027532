// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;

/**
 * What comes after a step of a job.
 *
 * @param isDone whether nothing does
 * @param pause how long to wait before the next step
 */
record Next(boolean isDone, Duration pause) {

    /** The job is over. */
    static final Next DONE = new Next(true, Duration.ZERO);

    /** Another step, before any other job that waits. */
    static final Next NOW = new Next(false, Duration.ZERO);

    /** Another step, after a while. */
    static Next after(Duration pause) {
        return new Next(false, pause);
    }
}
