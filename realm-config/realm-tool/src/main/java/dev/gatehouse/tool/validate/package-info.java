// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a realm, as a file or on a server, is one that can be imported and is safe to run. A rule has a name, looks at
 * one thing, and says where in the realm it is wrong and what would be right; it never throws, whatever the JSON is.
 */
@NullMarked
package dev.gatehouse.tool.validate;

import org.jspecify.annotations.NullMarked;
