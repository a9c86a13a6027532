// SPDX-License-Identifier: Apache-2.0
/**
 * The policy of sign-in links: who may approve a waiting sign-in, and when it may go on.
 *
 * <p>A link is a random secret of which only the hash is kept. It belongs to one tab of one browser. Looking at it
 * changes nothing; approving it consumes it; the approval waits for the tab that asked, under a nonce that only this
 * tab has, and is consumed when the tab goes on. What is lost on the way means that nobody signs in.
 *
 * <p>{@linkplain dev.gatehouse.core.link.MintedLinks Minted} links are a kind of their own: a backend had them made, and
 * they belong to no tab.
 *
 * <p>This package does not know accounts: whether a user may sign in at all is asked elsewhere, when the link is sent,
 * when it is approved, and when the tab goes on. It does not send anything.
 */
@NullMarked
package dev.gatehouse.core.link;

import org.jspecify.annotations.NullMarked;
