// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import org.jspecify.annotations.Nullable;

/**
 * One step of a job on a thread. It can be taken away while the thread still runs; from then on no transaction of it is
 * committed. A transaction that is being committed cannot be interrupted half way: until it is over, the turn stays.
 */
final class Turn {

    private enum State {
        NEW,
        OPEN,
        COMMITTING,
        ENDED,
        TAKEN_AWAY
    }

    private State state = State.NEW;
    private @Nullable Thread thread;

    /** Begins it on the thread of the caller; false if it was taken away before. */
    synchronized boolean begin() {
        if (state == State.TAKEN_AWAY) {
            return false;
        }
        state = State.OPEN;
        thread = Thread.currentThread();
        return true;
    }

    /** Ends it; false if it was taken away. */
    synchronized boolean end() {
        if (state == State.TAKEN_AWAY) {
            return false;
        }
        state = State.ENDED;
        return true;
    }

    /** Takes it away and interrupts its thread; false if it has ended, or if it must be asked again in a moment. */
    synchronized boolean takeAway() {
        if (state != State.NEW && state != State.OPEN) {
            return false;
        }
        state = State.TAKEN_AWAY;
        if (thread != null) {
            thread.interrupt();
        }
        return true;
    }

    synchronized boolean hasEnded() {
        return state == State.ENDED || state == State.TAKEN_AWAY;
    }

    /** Is asked before a transaction begins. */
    synchronized void beforeWork() {
        if (state == State.TAKEN_AWAY) {
            throw takenAway();
        }
    }

    /** Is asked before a transaction is committed. */
    synchronized void beforeCommit() {
        if (state == State.TAKEN_AWAY) {
            throw takenAway();
        }
        if (state == State.OPEN) {
            state = State.COMMITTING;
        }
    }

    /** Is told that a transaction is over, whether it was committed or not. */
    synchronized void afterWork() {
        if (state == State.COMMITTING) {
            state = State.OPEN;
        }
    }

    private static IllegalStateException takenAway() {
        return new IllegalStateException("It took too long: nothing of it is committed any more");
    }
}
