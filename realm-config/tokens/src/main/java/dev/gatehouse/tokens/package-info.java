// SPDX-License-Identifier: Apache-2.0
/**
 * What makes the tokens of every client one kind (RFC 9068), those of clients that are made in the console included: the
 * claim {@code client_id}, and the type {@code at+jwt}.
 *
 * <p>Everything else in a token is made by Keycloak's own mappers, as the realm says. Nothing here checks a token; that is
 * for those who accept it.
 */
@NullMarked
package dev.gatehouse.tokens;

import org.jspecify.annotations.NullMarked;
