// SPDX-License-Identifier: Apache-2.0
/**
 * Identity providers that the realm of this build brings, or further ones of the kind OpenID Connect: switched on with an
 * operator's credentials, and with everything that makes a sign-in by them safe.
 */
@NullMarked
package dev.gatehouse.tool.broker;

import org.jspecify.annotations.NullMarked;
