// SPDX-License-Identifier: Apache-2.0
/**
 * Sign-in by a link or a code that is sent by mail or SMS.
 *
 * <p>A step of a browser flow asks for an address and shows the same waiting page for every address. If an account may
 * be signed in, a message brings a link and a code. The link, opened and confirmed in the browser that asked, or the code,
 * typed into the tab that waits, lets that tab go on inside its own flow. Whatever the flow asks next (second factor,
 * required actions, consent) it still asks.
 *
 * <p>Where it is switched on, an address without an account gets one after the proof, and the first proof of an account
 * that somebody registered takes away what was set up before it. Links that a backend has minted are a kind of their own:
 * they are not bound to a browser, and prove nothing but the first factor.
 *
 * <p>What it does not do: a link finishes no sign-in in another browser than the one that asked, and a code none in
 * another tab. It does not keep whoever reads the messages of somebody else from signing in as them, nor does it keep
 * people from telling a code to whoever asks for it.
 */
@NullMarked
package dev.gatehouse.magiclink;

import org.jspecify.annotations.NullMarked;
