// SPDX-License-Identifier: Apache-2.0
/**
 * Work that must not take a request's time: looking an address up, and talking to a mail server.
 *
 * <p>A job starts after the request's transaction is committed, on a thread of its own pool, with a bounded number of
 * jobs waiting before it. It is not kept over a restart of the server, and it is not tried again: whoever misses a
 * mail asks for another one. A job that finds no room is reported to its owner, never dropped in silence.
 *
 * <p>A mail that is sent takes longer than one that is not, because there is no account. So that nobody can read this
 * from how long the next mail takes, the jobs for one recipient share a {@linkplain MailJob#lane() lane}, and a lane
 * never takes more than one thread. This holds as long as fewer recipients are mailed at a time than there are threads;
 * beyond that lanes take turns, and the wait of one still tells how busy the others are. Nor does it hold for a queue
 * that is full.
 */
@NullMarked
package dev.gatehouse.spi.mail;

import org.jspecify.annotations.NullMarked;
