// SPDX-License-Identifier: Apache-2.0
/** Cookies that know a browser again. */
@NullMarked
package dev.gatehouse.spi.cookie;

import org.jspecify.annotations.NullMarked;
