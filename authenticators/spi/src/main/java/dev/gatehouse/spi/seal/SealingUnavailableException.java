// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import dev.gatehouse.core.seal.KeyRingException;

/** The keys cannot be had now, or are not the ones that sealed. What they hold stays closed. */
public final class SealingUnavailableException extends RuntimeException {

    /** @param sentence for the operator; it shows no key */
    public SealingUnavailableException(String sentence) {
        super(sentence);
    }

    SealingUnavailableException(KeyRingException cause) {
        super(cause.getMessage(), cause);
    }
}
