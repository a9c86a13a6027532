// SPDX-License-Identifier: Apache-2.0
/**
 * Work that must not take a request's time: looking an address up, and talking to a mail server.
 *
 * <p>A job starts after the request's transaction is committed, on a thread of its own pool, with a bounded number of
 * jobs waiting before it. It is prepared once; what it then has to send is tried several times, with a growing wait in
 * between that holds no thread. Each step has a limit of time. A job that ends without a message being sent, or finds no
 * room, is reported to its owner and counted, never dropped in silence; only what breaks while it is prepared is just
 * logged. When the server stops, what waits is sent or reported, each for a limited time.
 *
 * <p>Not promised: that a job outlives a server that is killed; that a message is sent once only, or not at all after it
 * was given up, since a mail server can take it in the moment in which the limit is over; that the server stops within
 * its limit if a transaction is being committed that does not end. That a message is both reported as sent, in a
 * transaction of the try, and given up, is ruled out: a try that took too long commits nothing more.
 *
 * <p>A mail that is sent takes longer than one that is not, because there is no account. So that nobody can read this
 * from how long the next mail takes, the jobs for one recipient share a {@linkplain MailJob#lane() lane}, and of a lane
 * one job is under way at a time, however often it is tried. A try that took too long leaves its lane while its thread may
 * still hang; another thread takes its place. So this holds as long as fewer recipients are mailed at a time than there
 * are threads, and fewer threads hang than that; beyond it lanes take turns, and the wait of one still tells how busy the
 * others are. Nor does it hold for a queue that is full. And a job waits for those before it in its own lane, for the
 * retries of a mail too, so what a request shows must not depend on whether its job is prepared yet.
 */
@NullMarked
package dev.gatehouse.spi.mail;

import org.jspecify.annotations.NullMarked;
