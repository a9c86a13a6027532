// SPDX-License-Identifier: Apache-2.0
/**
 * The realm as a file, and what is derived from it when it is built: the same realm for an upload in the console, and the
 * {@linkplain dev.gatehouse.realm.TokenContract contract} of its tokens.
 *
 * <p>Not for the server: nothing of this is in the jar that Keycloak loads.
 */
@NullMarked
package dev.gatehouse.realm;

import org.jspecify.annotations.NullMarked;
