// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A mail scanner of the thorough kind: it follows links, looks twice and presses every button. It keeps no cookie, so
 * each of its requests is a stranger's.
 */
public final class Scanner {

    private final Browser browser;

    Scanner(Browser browser) {
        this.browser = browser;
    }

    /** HEAD, GET, GET, then every button of every form of the page; returns what it saw, in this order. */
    public List<Page> visit(URI uri) {
        List<Page> seen = new ArrayList<>();
        seen.add(browser.go("HEAD", uri, null, Provenance.TYPED));
        seen.add(browser.open(uri));
        Page page = browser.open(uri);
        seen.add(page);
        for (Form form : page.forms()) {
            seen.addAll(form.pressEach());
        }
        return seen;
    }
}
