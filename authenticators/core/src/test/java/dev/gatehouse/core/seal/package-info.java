// SPDX-License-Identifier: Apache-2.0
/** Tests of this package, and the doubles that tests of other modules share. Nothing of it is shipped. */
@NullMarked
package dev.gatehouse.core.seal;

import org.jspecify.annotations.NullMarked;
