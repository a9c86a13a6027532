// SPDX-License-Identifier: Apache-2.0
/**
 * A sample of a function that is reached with Gatehouse's tokens, on nothing but the JDK's own HTTP server.
 *
 * <p>It shows the whole of what an app's backend has to do: take the request, have the token verified, answer. It is a sample and not
 * a server to put on the internet: it listens on this machine only, and on plain HTTP.
 */
@NullMarked
package dev.gatehouse.samples;

import org.jspecify.annotations.NullMarked;
