// SPDX-License-Identifier: Apache-2.0
/**
 * A new signing key without a refused token: published first, used when every verifier has it, and the old one kept until
 * nothing that it has signed is good any more.
 *
 * <p>How far a rotation has come stands on the server, in priority, state and name of its key providers: anybody can go on
 * from any machine. Time is the server's, as it writes it into tokens.
 */
@NullMarked
package dev.gatehouse.tool.keys;

import org.jspecify.annotations.NullMarked;
