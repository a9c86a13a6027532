// SPDX-License-Identifier: Apache-2.0
/** Tests of this package, and what tests of mail jobs in other modules share. */
@NullMarked
package dev.gatehouse.spi.mail;

import org.jspecify.annotations.NullMarked;
