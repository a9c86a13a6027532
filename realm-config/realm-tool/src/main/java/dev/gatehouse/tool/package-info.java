// SPDX-License-Identifier: Apache-2.0
/** The command line: one program, a command for each thing that it does. */
@NullMarked
package dev.gatehouse.tool;

import org.jspecify.annotations.NullMarked;
