// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** A page of another site, open in somebody's browser: what it sends carries only the cookies that may leave it. */
public final class ForeignPage {

    private final Browser browser;
    private final Provenance provenance;

    ForeignPage(Browser browser, Provenance provenance) {
        this.browser = browser;
        this.provenance = provenance;
    }

    /** The person follows a link of that page. */
    public Page follow(URI uri) {
        return browser.go("GET", uri, null, provenance);
    }

    /** That page submits a form of its own making, with its own origin. */
    public Page submit(URI uri, Map<String, String> fields) {
        return browser.go("POST", uri, Addresses.encode(List.copyOf(fields.entrySet())), provenance);
    }
}
