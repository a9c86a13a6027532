// SPDX-License-Identifier: Apache-2.0
/**
 * A real Keycloak with the one jar and the shipped realm, for journeys and for the demo.
 *
 * <p>It starts the server that operators run, from the artifacts that they get; it replaces nothing inside it. It is
 * not a way to run Keycloak in production: its database lives in memory and ends with the process.
 */
@NullMarked
package dev.gatehouse.kit.server;

import org.jspecify.annotations.NullMarked;
