// SPDX-License-Identifier: Apache-2.0
/**
 * Sealing of secrets that a feature keeps in Keycloak's database: where the keys come from, which of them may seal now,
 * and proof at start that they are the right ones.
 *
 * <p>Keys come from a file, an environment variable or Keycloak's vault. A node seals only with a key that all live nodes
 * can open, so a new key is first given to every node and used from then on. Something else, such as a key service, can
 * take the place of the ring: {@link dev.gatehouse.spi.seal.SecretSealer} is a provider of its own.
 *
 * <p>The package seals nothing by itself and does not know what was sealed. It cannot tell that an older sealed value was
 * put back into the database, and keys of the vault are given to nodes by the operator's care alone.
 */
@NullMarked
package dev.gatehouse.spi.seal;

import org.jspecify.annotations.NullMarked;
