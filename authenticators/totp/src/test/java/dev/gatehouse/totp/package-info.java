// SPDX-License-Identifier: Apache-2.0
/** Tests of this package. */
@NullMarked
package dev.gatehouse.totp;

import org.jspecify.annotations.NullMarked;
