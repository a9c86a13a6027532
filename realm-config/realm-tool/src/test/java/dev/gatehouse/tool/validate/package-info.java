// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.gatehouse.tool.validate;

import org.jspecify.annotations.NullMarked;
