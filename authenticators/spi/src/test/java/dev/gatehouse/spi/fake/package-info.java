// SPDX-License-Identifier: Apache-2.0
/**
 * A Keycloak of a few maps, for tests of what stands on its interfaces.
 *
 * <p>Each double answers only the calls that it knows, and fails the test on every other one.
 */
@NullMarked
package dev.gatehouse.spi.fake;

import org.jspecify.annotations.NullMarked;
