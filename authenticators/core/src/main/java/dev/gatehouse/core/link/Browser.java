// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.util.Optional;

/** What can be known of the browser that opened a link. */
public interface Browser {

    /** Whether the request carries the cookie of the browser that owns {@code tab}. */
    boolean owns(Tab tab);

    /** Hash of the nonce that {@code tab} holds now; empty if the tab is gone or waits for nothing. */
    Optional<String> nonceHash(Tab tab);

    /** Whether the browser's login session still has {@code tab}, waiting or not. */
    boolean has(Tab tab);
}
