// SPDX-License-Identifier: Apache-2.0
/**
 * Makes a realm as its file says. Everything is read and compared first, which gives a list of changes; each change is one
 * or a few requests, ordered so that people can sign in after every one of them.
 *
 * <p>How far a file reaches: a value or a list in it stands for the whole value or list; a map (attributes, the
 * configuration of a step) keeps the entries that the file does not name; what the file does not name at all stays.
 */
@NullMarked
package dev.gatehouse.tool.apply;

import org.jspecify.annotations.NullMarked;
