// SPDX-License-Identifier: Apache-2.0
/** Secrets that the pack derives from keys that a realm has anyway. It keeps none. */
@NullMarked
package dev.gatehouse.spi.secret;

import org.jspecify.annotations.NullMarked;
