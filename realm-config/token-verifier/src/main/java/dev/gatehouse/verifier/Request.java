// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parts of an HTTP request that tell who sends it, free of any framework. Immutable. */
public final class Request {

    private final String method;
    private final Map<String, List<String>> headers;

    private Request(String method, Map<String, List<String>> headers) {
        this.method = method;
        this.headers = headers;
    }

    /**
     * A request as a framework or a platform hands it over.
     *
     * @param method the method as it was sent; methods are case-sensitive (RFC 9110, section 9.1)
     * @param headers all header fields by name, in any case; a field that came several times has several values, or several
     *     entries that differ in case
     */
    public static Request of(String method, Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            List<String> values = copy.get(name);
            if (values == null) {
                values = new ArrayList<>();
                copy.put(name, values);
            }
            values.addAll(header.getValue());
        }
        return new Request(method, copy);
    }

    String method() {
        return method;
    }

    /** The values of a field, in the order in which they came; the name in lower case. */
    List<String> values(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    /** The method and nothing else: headers hold credentials. */
    @Override
    public String toString() {
        return "Request[" + method + "]";
    }
}
