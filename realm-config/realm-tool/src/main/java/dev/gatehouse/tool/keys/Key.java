// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A key of the realm.
 *
 * @param kid by which tokens name it
 * @param isActive whether it may sign; a passive one only verifies
 * @param component the provider that has it, as the server represents it
 */
record Key(String kid, boolean isActive, JsonNode component) {

    String id() {
        return component.path("id").asText();
    }

    String name() {
        return component.path("name").asText();
    }

    long priority() {
        return component.path("config").path("priority").path(0).asLong();
    }

    /** What the tool has written about it; empty for a key that it has not touched. */
    Optional<KeyName> told() {
        return KeyName.read(name());
    }

    boolean is(KeyName.Phase phase) {
        return told().filter(name -> name.phase() == phase).isPresent();
    }
}
