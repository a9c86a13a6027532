// SPDX-License-Identifier: Apache-2.0
/**
 * Runs inside a server under test, in a jar of its own: it lets tests outside use the stores of permits as the limiter
 * uses them, and move the server's clock. It is in no artifact.
 */
@NullMarked
package dev.gatehouse.kit.probe;

import org.jspecify.annotations.NullMarked;
