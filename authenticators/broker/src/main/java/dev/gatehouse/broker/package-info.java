// SPDX-License-Identifier: Apache-2.0
/**
 * A guard around sign-ins by other identity providers. Keycloak speaks with them, checks what they send, and makes and
 * links accounts; the guard sees to it that a person who comes back from one
 *
 * <ul>
 *   <li>comes back from the one that this tab was sent to (RFC 9700, section 4.4.2.2),
 *   <li>finishes with what this return led to, and with nothing that another account showed in the same tab before,
 *   <li>is told in words what went wrong, and can go on another way.
 * </ul>
 *
 * <p>It acts in realms that switch it on, for every identity provider there. It does not look at tokens.
 */
@NullMarked
package dev.gatehouse.broker;

import org.jspecify.annotations.NullMarked;
