// SPDX-License-Identifier: Apache-2.0
/**
 * What people and apps do with the system, on a real Keycloak with the one jar and the shipped realm.
 *
 * <p>Users, clients and settings are made through Keycloak's Admin API; sign-ins go through the pages. Nothing here
 * looks into the server.
 */
@NullMarked
package dev.gatehouse.kit.journey;

import org.jspecify.annotations.NullMarked;
