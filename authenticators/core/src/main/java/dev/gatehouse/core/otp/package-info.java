// SPDX-License-Identifier: Apache-2.0
/**
 * One-time passwords as RFC 4226 (by counter) and RFC 6238 (by time) define them, and what an authenticator app has to
 * be told to make them.
 *
 * <p>A check tells which step or counter somebody typed the code of, and nothing else. It takes the same time whether the
 * code is right, wrong or no code at all. It does not count guesses, and it does not know what was used before: six
 * digits are guessed soon unless the caller counts each try before the check, and a code works again and again unless
 * the caller claims what the check tells. The package keeps nothing and reads no clock.
 */
@NullMarked
package dev.gatehouse.core.otp;

import org.jspecify.annotations.NullMarked;
