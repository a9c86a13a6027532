// SPDX-License-Identifier: Apache-2.0
/**
 * The pack as a whole: which version it is, which Keycloak it was tried with, and whether the environment may be used
 * for the realm that is about to be imported. It changes nothing in any realm.
 */
@NullMarked
package dev.gatehouse.spi.pack;

import org.jspecify.annotations.NullMarked;
