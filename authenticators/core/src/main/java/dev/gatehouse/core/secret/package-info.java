// SPDX-License-Identifier: Apache-2.0
/** Secrets that are shown once, stored only hashed, and compared in constant time. */
@NullMarked
package dev.gatehouse.core.secret;

import org.jspecify.annotations.NullMarked;
