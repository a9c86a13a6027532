// SPDX-License-Identifier: Apache-2.0
/**
 * Sign-in by a link that is sent by mail.
 *
 * <p>A step of a browser flow asks for an address and shows the same waiting page for every address. If an account may
 * be signed in, a mail brings a link; opened and confirmed in the browser that asked, it lets the waiting tab go on
 * inside its own flow. Whatever the flow asks next (second factor, required actions, consent) it still asks.
 *
 * <p>What it does not do: it creates no accounts, sends no SMS and no codes, and finishes no sign-in in another browser
 * than the one that asked. How often links may be asked for is limited per browser session only, by a waiting time.
 */
@NullMarked
package dev.gatehouse.magiclink;

import org.jspecify.annotations.NullMarked;
