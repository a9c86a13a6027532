// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;

/** A link that a page shows. */
public final class Link {

    private final Page page;
    private final String text;
    private final URI target;

    Link(Page page, String text, URI target) {
        this.page = page;
        this.text = text;
        this.target = target;
    }

    public String text() {
        return text;
    }

    public URI target() {
        return target;
    }

    public Page click() {
        return page.browser().go("GET", target, null, page.provenance());
    }
}
