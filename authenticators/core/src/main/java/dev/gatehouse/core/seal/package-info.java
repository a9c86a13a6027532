// SPDX-License-Identifier: Apache-2.0
/**
 * Sealing of short secrets that have to be used in clear and must not lie in clear in a database: AES-256-GCM of the JDK
 * with keys that live elsewhere.
 *
 * <p>A sealed secret is bound to a context, such as the row that it belongs to: in any other it does not open. It names
 * the key that opens it, so keys can be changed one after another. A {@linkplain dev.gatehouse.core.seal.Canary canary}
 * tells at start that a key is still the one that sealed.
 *
 * <p>The package does not find keys, nor watch them, nor does it know which of them other nodes have; it is told. It does
 * not hide how long a secret is, and it cannot know that an older sealed secret of the same context was put back. Who has
 * a key opens everything that it sealed.
 */
@NullMarked
package dev.gatehouse.core.seal;

import org.jspecify.annotations.NullMarked;
