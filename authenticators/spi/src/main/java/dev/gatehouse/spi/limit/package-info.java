// SPDX-License-Identifier: Apache-2.0
/**
 * The rate limiter inside Keycloak: who tries what, by which rules of the realm, counted in which store.
 *
 * <p>A feature describes an {@linkplain dev.gatehouse.spi.limit.Attempt attempt}, asks the
 * {@linkplain dev.gatehouse.spi.limit.Limiter limiter}, and tells a refusal by
 * {@linkplain dev.gatehouse.spi.limit.LimitAnswers the answers}. The package decides nothing by itself about a realm that
 * nobody asked it about, and it holds no names and no addresses: keys are hashed with a secret of the realm.
 */
@NullMarked
package dev.gatehouse.spi.limit;

import org.jspecify.annotations.NullMarked;
