// SPDX-License-Identifier: Apache-2.0
/**
 * The network address of whoever sent a request, as far as it can be believed.
 *
 * <p>It does not use what Keycloak takes for the client's address where proxies are involved: that is text from a header.
 */
@NullMarked
package dev.gatehouse.spi.address;

import org.jspecify.annotations.NullMarked;
