// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.gatehouse.ratelimit;

import org.jspecify.annotations.NullMarked;
