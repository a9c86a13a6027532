// SPDX-License-Identifier: Apache-2.0
/** The server's clock. */
@NullMarked
package dev.gatehouse.spi.time;

import org.jspecify.annotations.NullMarked;
