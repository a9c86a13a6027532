// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.net.http.HttpHeaders;

/** One request and the head of its answer, on the way to a page. */
public record Hop(String method, URI uri, int status, HttpHeaders headers) {

    @Override
    public String toString() {
        return method + " " + uri + " -> " + status;
    }
}
