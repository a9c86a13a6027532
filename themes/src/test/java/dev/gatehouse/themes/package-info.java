// SPDX-License-Identifier: Apache-2.0
/** What must hold for the pages, mails and texts, as far as it can be seen without a server. */
@NullMarked
package dev.gatehouse.themes;

import org.jspecify.annotations.NullMarked;
