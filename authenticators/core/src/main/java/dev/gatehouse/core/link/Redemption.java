// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The answer to an attempt to use a link: the link, or why not.
 *
 * @param link the link; also there for a refusal of a link whose record could be read
 * @param refusal null where the attempt succeeded
 */
public record Redemption(@Nullable Link link, @Nullable Refusal refusal) {

    static Redemption of(Link link) {
        return new Redemption(link, null);
    }

    static Redemption refused(Refusal refusal, @Nullable Link link) {
        return new Redemption(link, refusal);
    }

    /** The link, if the attempt succeeded. */
    public Optional<Link> accepted() {
        return refusal == null ? Optional.ofNullable(link) : Optional.empty();
    }
}
