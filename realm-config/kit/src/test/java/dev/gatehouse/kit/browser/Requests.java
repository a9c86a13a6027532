// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Single requests of a browser: its cookies go along and are kept, redirects are not followed. */
public final class Requests {

    private final Browser browser;
    private final Map<String, String> headers;

    Requests(Browser browser, Map<String, String> headers) {
        this.browser = browser;
        this.headers = headers;
    }

    /** The same with one more header; one that the browser would send itself is replaced. */
    public Requests with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Requests(browser, more);
    }

    public Page head(URI uri) {
        return browser.once("HEAD", uri, null, headers);
    }

    public Page get(URI uri) {
        return browser.once("GET", uri, null, headers);
    }

    public Page post(URI uri, Map<String, String> fields) {
        return post(uri, List.copyOf(fields.entrySet()));
    }

    /** With fields of which several may have one name. */
    public Page post(URI uri, List<Map.Entry<String, String>> fields) {
        return browser.once("POST", uri, Addresses.encode(fields), headers);
    }
}
