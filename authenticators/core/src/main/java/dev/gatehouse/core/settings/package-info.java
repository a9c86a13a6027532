// SPDX-License-Identifier: Apache-2.0
/**
 * Options that are declared once. What the console shows, what the parser accepts, what the documents list and what
 * the tests record is all derived from the one declaration.
 *
 * <p>Reading never throws and never silently replaces a present but wrong value: each such value is a problem that
 * names key, value and rule, and the caller decides what a problem means.
 */
@NullMarked
package dev.gatehouse.core.settings;

import org.jspecify.annotations.NullMarked;
