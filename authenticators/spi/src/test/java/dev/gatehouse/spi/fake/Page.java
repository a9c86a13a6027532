// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.utils.FormMessage;

/**
 * A page that a step made.
 *
 * @param template the template's file, or "error" for Keycloak's own page of that name
 * @param errors the messages on it; the field is null where they are about the whole page
 */
public record Page(String template, Map<String, Object> attributes, List<FormMessage> errors, Response.Status status) {

    /** The keys of the messages. */
    public List<String> errorKeys() {
        return errors.stream().map(FormMessage::getMessage).toList();
    }

    /** The page of an answer; null if it is something else. */
    static @Nullable Page of(Response response) {
        return response.getEntity() instanceof Page page ? page : null;
    }
}
