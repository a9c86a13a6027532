// SPDX-License-Identifier: Apache-2.0
/**
 * The pack's realm attributes, which the console has no editor for. A value is held to its declaration before anything is
 * written.
 */
@NullMarked
package dev.gatehouse.tool.set;

import org.jspecify.annotations.NullMarked;
