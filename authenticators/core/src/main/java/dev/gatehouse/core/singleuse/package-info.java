// SPDX-License-Identifier: Apache-2.0
/**
 * The port for things that may happen only once.
 *
 * <p>It is cut after what stores can decide atomically. It has no way to change a record that exists, so nobody can
 * write a read-modify-write race with it. It does not keep anything after its time, and it does not survive what its
 * store does not survive: a lost record means that the thing never happens.
 */
@NullMarked
package dev.gatehouse.core.singleuse;

import org.jspecify.annotations.NullMarked;
