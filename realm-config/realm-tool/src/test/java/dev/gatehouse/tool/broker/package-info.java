// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.gatehouse.tool.broker;

import org.jspecify.annotations.NullMarked;
