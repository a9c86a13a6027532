// SPDX-License-Identifier: Apache-2.0
/** The single-use port on Keycloak's own single-use objects, which all nodes of a cluster share. */
@NullMarked
package dev.gatehouse.spi.singleuse;

import org.jspecify.annotations.NullMarked;
