// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a site of the demo answers. */
record Answer(int status, String body, Map<String, String> headers) {

    static Answer html(int status, String html, String policy) {
        return new Answer(
                status, html, Map.of("Content-Type", "text/html; charset=utf-8", "Content-Security-Policy", policy));
    }

    static Answer json(String json) {
        return new Answer(200, json, Map.of("Content-Type", "application/json"));
    }

    static Answer plain(int status, String text) {
        return new Answer(status, text, Map.of("Content-Type", "text/plain; charset=utf-8"));
    }

    static Answer redirect(String location) {
        return new Answer(302, "", Map.of("Location", location));
    }

    /** A file that lies beside this class. */
    static Answer file(String name, String type) {
        return new Answer(200, resource(name), Map.of("Content-Type", type));
    }

    static String resource(String name) {
        try (InputStream content = Answer.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("The demo was built without " + name);
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}
