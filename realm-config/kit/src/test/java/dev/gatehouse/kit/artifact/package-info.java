// SPDX-License-Identifier: Apache-2.0
/** What is handed out: the one jar, the kit and the realm, looked at as files. Nothing is started here. */
@NullMarked
package dev.gatehouse.kit.artifact;

import org.jspecify.annotations.NullMarked;
