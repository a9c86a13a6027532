// SPDX-License-Identifier: Apache-2.0
/**
 * Limits on tries: how many within a window of time, counted exactly, over all nodes that share a store.
 *
 * <p>The window slides: "5 per minute" never lets a sixth try through in any sixty seconds. A try that is refused is not
 * counted, so the wait that was told stays true. Several buckets can be asked at once; the try goes through only if all
 * have room, and the wait is that of the tightest.
 *
 * <p>The package knows no addresses, names or users: a bucket's key is an opaque text that the caller made. It does not
 * promise exactness while the store is away (a process then counts for itself), nor that a counter survives what its
 * store does not survive, nor a store that evicts.
 */
@NullMarked
package dev.gatehouse.core.limit;

import org.jspecify.annotations.NullMarked;
