// SPDX-License-Identifier: Apache-2.0
/** Tests of this package. */
@NullMarked
package dev.gatehouse.spi.sms;

import org.jspecify.annotations.NullMarked;
