// SPDX-License-Identifier: Apache-2.0
/** Places in a realm's file, as messages name them. */
@NullMarked
package dev.gatehouse.tool.file;

import org.jspecify.annotations.NullMarked;
