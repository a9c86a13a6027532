// SPDX-License-Identifier: Apache-2.0
/**
 * The demo: one command that starts a Keycloak with the kit, a mail server with an inbox to read in a browser, a small
 * app and the sample function, all on 127.0.0.1; and the same as a check that walks through them and ends.
 *
 * <p>It uses the shipped jar and the shipped realm as they are, and adds one user by the Admin API. It is not a way to
 * run any of this in production: passwords are printed, mails are shown to everybody on this machine, and all of it is
 * gone at the end.
 */
@NullMarked
package dev.gatehouse.kit.demo;

import org.jspecify.annotations.NullMarked;
