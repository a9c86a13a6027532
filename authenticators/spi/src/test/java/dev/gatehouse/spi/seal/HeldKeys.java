// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import dev.gatehouse.core.seal.KeyRing;
import dev.gatehouse.core.seal.KeyRingException;

/** A source of keys that a test writes to. As a file, it has changed until it is read. */
final class HeldKeys implements KeySource {

    private String text;
    private boolean changed = true;
    private int reads;

    HeldKeys(String... keys) {
        text = TestKeys.ring(keys);
    }

    /** Exchanges the content. */
    void has(String... keys) {
        text = TestKeys.ring(keys);
        changed = true;
    }

    /** Exchanges the content for something that is no ring. */
    void isBad() {
        text = "nonsense";
        changed = true;
    }

    /** Makes the content readable, or not, without a change that could be seen. */
    void hasUnseen(String... keys) {
        text = TestKeys.ring(keys);
    }

    int reads() {
        return reads;
    }

    @Override
    public synchronized KeyRing read() throws KeyRingException {
        reads++;
        changed = false;
        return KeyRing.parse(text, place());
    }

    @Override
    public boolean mayHaveChanged() {
        return changed;
    }

    @Override
    public String place() {
        return "the ring";
    }
}
