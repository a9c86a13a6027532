// SPDX-License-Identifier: Apache-2.0
/** The store against a real Redis, which the tests start and stop themselves. Where there is none, they are not run. */
@NullMarked
package dev.gatehouse.redis;

import org.jspecify.annotations.NullMarked;
