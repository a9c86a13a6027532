// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RingTest {

    private static final String TIME = " since 2026-01-31T12:00:00Z";

    @Test
    void theRolesOfKeysAreReadFromTheServer() {
        Ring ring = ring(
                "{'active': {'RS256': 'b'}, 'keys': ["
                        + key("a", "ACTIVE", "RS256") + "," + key("b", "ACTIVE", "RS256") + ","
                        + key("c", "ACTIVE", "RS256") + "," + key("d", "PASSIVE", "RS256") + ","
                        + key("e", "PASSIVE", "RS256") + "," + key("f", "DISABLED", "RS256") + ","
                        + key("g", "ACTIVE", "ES256") + "]}",
                "[" + component("a", "rs256", 100) + "," + component("b", "rs256 signs" + TIME, 101) + ","
                        + component("c", "rs256 published" + TIME, 100) + ","
                        + component("d", "rs256 passive" + TIME, 90)
                        + "," + component("e", "by hand", 80) + "," + component("f", "off", 70) + ","
                        + component("g", "es256", 50) + "]");

        assertThat(ring.keys()).extracting(Key::kid).containsExactly("a", "b", "c", "d", "e");
        assertThat(ring.signer()).get().extracting(Key::kid).isEqualTo("b");
        assertThat(ring.next()).get().extracting(Key::kid).isEqualTo("c");
        assertThat(ring.old()).extracting(Key::kid).containsExactly("a");
        assertThat(ring.passive()).extracting(Key::kid).containsExactly("d");
        assertThat(ring.keys()).extracting(ring::role).containsExactly("old", "signs", "waits", "passive", "passive");
        assertThat(ring.keys()).extracting(ring::isPublished).containsExactly(true, false, false, false, false);
    }

    @Test
    void aPublishedKeyThatSignsAlreadyWaitsNoMore() {
        Ring ring = ring(
                "{'active': {'RS256': 'b'}, 'keys': [" + key("a", "ACTIVE", "RS256") + "," + key("b", "ACTIVE", "RS256")
                        + "]}",
                "[" + component("a", "rs256", 100) + "," + component("b", "rs256 published" + TIME, 101) + "]");

        assertThat(ring.next()).isEmpty();
        assertThat(ring.old()).extracting(Key::kid).containsExactly("a");
    }

    @Test
    void aRealmWithoutKeysHasNone() {
        Ring ring = ring("{}", "[]");

        assertThat(ring.signer()).isEmpty();
        assertThat(ring.keys()).isEmpty();
    }

    private static Ring ring(String metadata, String components) {
        return Ring.of(Algorithm.RS256, json(metadata), json(components), json("{'keys': [{'kid': 'a'}]}"));
    }

    private static String key(String kid, String status, String algorithm) {
        return "{'kid': '" + kid + "', 'providerId': 'id-" + kid + "', 'status': '" + status + "', 'algorithm': '"
                + algorithm + "'}";
    }

    private static String component(String kid, String name, long priority) {
        return "{'id': 'id-" + kid + "', 'name': '" + name + "', 'config': {'priority': ['" + priority + "']}}";
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
