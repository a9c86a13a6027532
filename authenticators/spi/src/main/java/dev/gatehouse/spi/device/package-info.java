// SPDX-License-Identifier: Apache-2.0
/**
 * Marks browsers in which somebody has signed in before, so that strangers cannot use up what such a browser may do.
 *
 * <p>A mark opens nothing: it is no factor and no trusted device, it only chooses the counter that a try is counted in.
 */
@NullMarked
package dev.gatehouse.spi.device;

import org.jspecify.annotations.NullMarked;
