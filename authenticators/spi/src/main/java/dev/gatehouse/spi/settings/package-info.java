// SPDX-License-Identifier: Apache-2.0
/**
 * Between declared settings and Keycloak: the console's form, the configuration of a step, the options of the server.
 *
 * <p>Keycloak has no hook that validates a step's configuration when it is saved, and gives none at all until somebody
 * saved one: values are read where they are used, and the defaults are the declarations'.
 */
@NullMarked
package dev.gatehouse.spi.settings;

import org.jspecify.annotations.NullMarked;
