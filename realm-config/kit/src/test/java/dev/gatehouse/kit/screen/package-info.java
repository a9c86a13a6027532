// SPDX-License-Identifier: Apache-2.0
/**
 * What a person sees: the pages in a real browser, with scripts, in light and dark, wide and narrow, in two languages.
 *
 * <p>It leaves pictures of all pages in the build folder. What is not run because there is no Chromium on the machine
 * is said at the end of the tests.
 */
@NullMarked
package dev.gatehouse.kit.screen;

import org.jspecify.annotations.NullMarked;
