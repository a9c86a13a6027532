// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.gatehouse.spi.event;

import org.jspecify.annotations.NullMarked;
