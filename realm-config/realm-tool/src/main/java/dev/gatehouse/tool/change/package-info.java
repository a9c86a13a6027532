// SPDX-License-Identifier: Apache-2.0
/** Changes that are shown before they are made. */
@NullMarked
package dev.gatehouse.tool.change;

import org.jspecify.annotations.NullMarked;
