// SPDX-License-Identifier: Apache-2.0
/**
 * Work that must not take a request's time: looking an address up, and talking to a mail server.
 *
 * <p>A job starts after the request's transaction is committed, on a thread of its own pool, with a bounded number of
 * jobs waiting before it. It is not kept over a restart of the server, and it is not tried again: whoever misses a
 * mail asks for another one. A job that finds no room is reported to its owner, never dropped in silence.
 */
@NullMarked
package dev.gatehouse.spi.mail;

import org.jspecify.annotations.NullMarked;
