// SPDX-License-Identifier: Apache-2.0
/** What filters on requests of a realm share. */
@NullMarked
package dev.gatehouse.spi.http;

import org.jspecify.annotations.NullMarked;
