// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.gatehouse.broker;

import org.jspecify.annotations.NullMarked;
