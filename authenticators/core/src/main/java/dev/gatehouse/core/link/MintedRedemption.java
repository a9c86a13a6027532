// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The answer to an attempt to use a minted link: the link, or why not.
 *
 * @param link the link; also there for a refusal of a link whose record could be read
 * @param refusal null where the attempt succeeded
 */
public record MintedRedemption(
        @Nullable MintedLink link, @Nullable Refusal refusal) {

    static MintedRedemption of(MintedLink link) {
        return new MintedRedemption(link, null);
    }

    static MintedRedemption refused(Refusal refusal, @Nullable MintedLink link) {
        return new MintedRedemption(link, refusal);
    }

    /** The link, if the attempt succeeded. */
    public Optional<MintedLink> accepted() {
        return refusal == null ? Optional.ofNullable(link) : Optional.empty();
    }
}
