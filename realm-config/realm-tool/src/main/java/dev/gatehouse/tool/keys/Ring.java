// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.keys.KeyName.Phase;

/**
 * The realm's keys of one algorithm.
 *
 * @param keys all that are not switched off
 * @param signer the one that signs; empty if there is none
 * @param published the ids of keys that the realm publishes
 */
record Ring(List<Key> keys, Optional<Key> signer, Set<String> published) {

    static Ring of(Algorithm algorithm, JsonNode metadata, JsonNode components, JsonNode keySet) {
        Map<String, JsonNode> byId = new HashMap<>();
        components.forEach(component -> byId.put(component.path("id").asText(), component));
        List<Key> keys = new ArrayList<>();
        for (JsonNode key : metadata.path("keys")) {
            JsonNode component = byId.get(key.path("providerId").asText());
            String status = key.path("status").asText();
            if (component != null
                    && key.path("algorithm").asText().equals(algorithm.name())
                    && !status.equals("DISABLED")) {
                keys.add(new Key(key.path("kid").asText(), status.equals("ACTIVE"), component));
            }
        }
        String signer = metadata.path("active").path(algorithm.name()).asText();
        Set<String> published = new HashSet<>();
        keySet.path("keys").forEach(key -> published.add(key.path("kid").asText()));
        return new Ring(
                List.copyOf(keys),
                keys.stream().filter(key -> key.kid().equals(signer)).findFirst(),
                Set.copyOf(published));
    }

    /** The key that waits to sign. */
    Optional<Key> next() {
        return keys.stream()
                .filter(Key::isActive)
                .filter(key -> key.is(Phase.PUBLISHED))
                .filter(key -> !isSigner(key))
                .findFirst();
    }

    /** Those that have signed, and still could. */
    List<Key> old() {
        return keys.stream()
                .filter(Key::isActive)
                .filter(key -> !isSigner(key) && !key.is(Phase.PUBLISHED))
                .toList();
    }

    /** Those that the tool has made passive. */
    List<Key> passive() {
        return keys.stream()
                .filter(key -> !key.isActive() && key.is(Phase.PASSIVE))
                .toList();
    }

    boolean isPublished(Key key) {
        return published.contains(key.kid());
    }

    boolean isSigner(Key key) {
        return signer.filter(it -> it.kid().equals(key.kid())).isPresent();
    }

    /** What a key does, in a word. */
    String role(Key key) {
        if (isSigner(key)) {
            return "signs";
        }
        return !key.isActive() ? "passive" : key.is(Phase.PUBLISHED) ? "waits" : "old";
    }
}
