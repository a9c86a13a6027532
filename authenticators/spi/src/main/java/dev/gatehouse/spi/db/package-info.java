// SPDX-License-Identifier: Apache-2.0
/**
 * The pack's own tables in Keycloak's database: what must outlive every cache and be the same for all nodes.
 *
 * <p>Keycloak makes them when the server starts, by the pack's change log, and keeps them when the jar goes; they hold no
 * secret in clear. The package has the rows and nothing that acts on them: each feature reads and writes its own.
 */
@NullMarked
package dev.gatehouse.spi.db;

import org.jspecify.annotations.NullMarked;
