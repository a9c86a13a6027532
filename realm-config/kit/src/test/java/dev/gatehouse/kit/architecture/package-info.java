// SPDX-License-Identifier: Apache-2.0
/** The rules of the design that a class path cannot enforce. They look at compiled classes, not at behaviour. */
@NullMarked
package dev.gatehouse.kit.architecture;

import org.jspecify.annotations.NullMarked;
