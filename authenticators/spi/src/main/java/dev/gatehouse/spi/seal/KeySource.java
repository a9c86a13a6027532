// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import dev.gatehouse.core.seal.KeyRing;
import dev.gatehouse.core.seal.KeyRingException;

/** Where the ring of the whole server comes from. */
interface KeySource {

    /**
     * The ring as it is now.
     *
     * @throws KeyRingException if there is none that can be used
     */
    KeyRing read() throws KeyRingException;

    /** Whether {@link #read} could tell something new; a hint that saves reading. */
    boolean mayHaveChanged();

    /** Where, for the operator. */
    String place();
}
