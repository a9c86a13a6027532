// SPDX-License-Identifier: Apache-2.0
/**
 * Network addresses and ranges of them, read from text that anybody may have written.
 *
 * <p>Nothing here asks a name server, and nothing throws for a text: what is not an address is simply none.
 */
@NullMarked
package dev.gatehouse.core.net;

import org.jspecify.annotations.NullMarked;
