// SPDX-License-Identifier: Apache-2.0
/**
 * Verifies access tokens of Keycloak in serverless functions, with nothing but a Java runtime.
 *
 * <h2>How to use it</h2>
 *
 * <p>Build one {@link dev.gatehouse.verifier.TokenVerifier} when the process starts. It cannot be built without saying who issues
 * the tokens, for whom they have to be, and how they have to be signed. Give it each
 * {@link dev.gatehouse.verifier.Request}; it returns a {@link dev.gatehouse.verifier.VerifiedToken} or throws a
 * {@link dev.gatehouse.verifier.TokenRefusedException}, whose {@link dev.gatehouse.verifier.Challenge} is the answer to send. Ask
 * the verified token for a role or for a recent, strong sign-in where an operation needs one; that refuses in the same way.
 *
 * <h2>What it does</h2>
 *
 * <p>In this order, and stopping at the first thing that is wrong:
 *
 * <ol>
 *   <li>The request: one token, from the {@code Authorization} header or a cookie; a cookie's token changes nothing on behalf of
 *       another site's page.
 *   <li>The form: a JWS in compact serialization (RFC 7515, section 7.1), in canonical base64url, of bounded size, with JSON that
 *       only reads one way.
 *   <li>The header: an algorithm that is allowed, the type {@code at+jwt} (RFC 9068), the name of a key, and nothing that would have
 *       to be understood ({@code crit}) or would bring a key along ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}).
 *   <li>The signature, with the issuer's key of that name, if the key is sound and for that algorithm.
 *   <li>The claims: issuer, audience, times, and that it is no ID, refresh or logout token.
 * </ol>
 *
 * <p>The issuer's keys are fetched with the first token and asked for again when they are five minutes old or when a token names a
 * new one. While the issuer cannot be reached, known keys are good for a day; then every token is refused with status 503. All of it
 * is judged by the wall clock at the request, so it holds in a process that was frozen for hours. No thread outlives a request that
 * waits for it.
 *
 * <h2>What it does not do</h2>
 *
 * <ul>
 *   <li>It does not know of sessions that have ended. A token is good until it expires, also after a sign-out; keep tokens short.
 *       A revocation feed is for a later release.
 *   <li>It does not check proofs of possession. Tokens that are bound to a key (DPoP, RFC 9449; mutual TLS, RFC 8705) are refused,
 *       not taken for bearer tokens.
 *   <li>It trusts one issuer. Build one verifier for each realm, and choose by the request and not by what a token says of itself.
 *   <li>It does not decrypt (JWE), does not read ID tokens, and does not introspect opaque ones.
 *   <li>It knows RS256 and ES256 only.
 *   <li>It does not limit how often somebody may try, and logs nothing: the exception's message is for your log.
 *   <li>It does not find the key server by discovery; Keycloak's address of it is known, and any other can be set.
 * </ul>
 *
 * <h2>What it relies on</h2>
 *
 * <p>On TLS and the runtime's trust store when it fetches keys, on the runtime's implementation of the signatures, on a clock that is
 * right to within the allowed skew, and on the function's host to hand over headers as they came. An HTTP proxy in front must not let
 * clients set {@code Sec-Fetch-Site} for browsers, which no browser's page can do either.
 */
@NullMarked
package dev.gatehouse.verifier;

import org.jspecify.annotations.NullMarked;
