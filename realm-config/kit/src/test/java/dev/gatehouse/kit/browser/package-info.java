// SPDX-License-Identifier: Apache-2.0
/**
 * A browser for journeys: it opens pages, fills in forms by what a person reads on them, and keeps cookies as browsers
 * keep them.
 *
 * <p>It knows cookies (RFC 6265 with prefixes and {@code SameSite}), redirects, the {@code Origin} of a form post and
 * forms. A page is a value: an older one that is still held is a tab that is still open. Browsers share nothing.
 *
 * <p>It runs no script, loads no image or style, sends no {@code Referer} and knows no public suffixes: the site of an
 * address is its host. What only shows with a script is looked at with a real browser instead.
 */
@NullMarked
package dev.gatehouse.kit.browser;

import org.jspecify.annotations.NullMarked;
