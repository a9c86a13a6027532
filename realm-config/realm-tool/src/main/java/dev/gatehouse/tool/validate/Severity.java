// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.Locale;

/** How much a finding matters. */
enum Severity {
    /** The realm cannot be imported, does not work, or endangers accounts. */
    ERROR,
    /** It works, and an operator may mean it; it is less safe or less clear than it could be. */
    WARNING;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
