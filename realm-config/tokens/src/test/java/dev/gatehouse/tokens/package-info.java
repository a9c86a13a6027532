// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.gatehouse.tokens;

import org.jspecify.annotations.NullMarked;
