// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator reads and answers. Results go to standard output, progress and problems to standard error; text from
 * a server or a file can bring no control character to the terminal.
 */
@NullMarked
package dev.gatehouse.tool.report;

import org.jspecify.annotations.NullMarked;
