// SPDX-License-Identifier: Apache-2.0
/**
 * The limiter's store on Redis, in a jar of its own.
 *
 * <p>One Redis server, or one address behind which somebody else keeps a primary; tested with version 7.0. Every
 * decision is one Lua script and so atomic, and it goes by the clock of Redis, not by those of the nodes. All keys carry
 * one hash tag and are named to Redis before a script runs. The client follows no redirection and asks no sentinel: a
 * cluster, or sentinels without such an address, are not supported.
 *
 * <p>Not promised: that a counter survives a Redis that evicts keys, restarts without persistence, or fails over to a
 * replica that lags behind; that the time for looking up a host name is bounded.
 */
@NullMarked
package dev.gatehouse.redis;

import org.jspecify.annotations.NullMarked;
