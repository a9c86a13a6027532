// SPDX-License-Identifier: Apache-2.0
/** Takes the pack out of a realm, so that a server without the jar can run it. */
@NullMarked
package dev.gatehouse.tool.leave;

import org.jspecify.annotations.NullMarked;
