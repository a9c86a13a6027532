// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.util.Collection;

/** A person looked for something that the page does not show; the message says what it does show. */
public final class NotOnPageException extends RuntimeException {

    NotOnPageException(String kind, String wanted, Page page, Collection<String> there) {
        super("No " + kind + (wanted.isEmpty() ? "" : " \"" + wanted + "\"") + " on " + page.describe() + "; there: "
                + (there.isEmpty() ? "none" : String.join(", ", there)));
    }
}
