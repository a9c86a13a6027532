// SPDX-License-Identifier: Apache-2.0
/**
 * Limits on guesses and sends: the steps of flows that ask the {@linkplain dev.gatehouse.spi.limit limiter}, and the
 * filters below the flows.
 *
 * <p>A step that stands before a form does not see what is posted to the form again and again: Keycloak runs a step that
 * has succeeded once, and a form that is posted on its own. So the forms themselves ask, before they look at anything,
 * and the plain step is for places that are reached once for each try.
 *
 * <p>A refusal is told as a challenge and never as a failure: it must not feed the lockout of the account.
 */
@NullMarked
package dev.gatehouse.ratelimit;

import org.jspecify.annotations.NullMarked;
