// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.gatehouse.tool.keys;

import org.jspecify.annotations.NullMarked;
