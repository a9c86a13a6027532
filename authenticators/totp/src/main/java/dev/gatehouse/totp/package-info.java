// SPDX-License-Identifier: Apache-2.0
/**
 * One-time passwords as a second factor: the secret of a device is sealed with a key that is not in the database, tries are
 * counted whatever asks for them, and a code works once.
 *
 * <p>The provider of Keycloak's own credential {@code otp} is replaced, so every way to it, of ours or of Keycloak, comes
 * through here: forms, direct grant, the required action, the account console, the admin API, import. Sealing is a matter
 * of the server and begins when it has keys. The guard on tries is a matter of each realm, and off until a realm switches it
 * on. Without both everything is as Keycloak does it.
 *
 * <p>The package does not protect who gives the code away: a page that looks like ours can pass on a code that was typed
 * there. Secrets of users whose federated store checks codes itself stay in that store.
 */
@NullMarked
package dev.gatehouse.totp;

import org.jspecify.annotations.NullMarked;
