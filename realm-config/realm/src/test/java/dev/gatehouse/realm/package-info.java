// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.gatehouse.realm;

import org.jspecify.annotations.NullMarked;
