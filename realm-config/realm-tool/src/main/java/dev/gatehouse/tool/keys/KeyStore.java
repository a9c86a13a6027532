// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.report.RefusedException;

/** The realm's key providers on the server. */
final class KeyStore {

    private static final String TYPE = "org.keycloak.keys.KeyProvider";

    private final Realm realm;

    KeyStore(Realm realm) {
        this.realm = realm;
    }

    Ring ring(Algorithm algorithm) {
        return Ring.of(
                algorithm,
                realm.get("keys"),
                realm.admin().get(realm.path("components").with("type", TYPE)),
                realm.admin().open(AdminPath.ofRealm(realm.name(), "protocol", "openid-connect", "certs")));
    }

    /** The server's clock, as it stands in a token that it makes now: exact to the second, and never ahead. */
    Instant now() {
        String[] parts = realm.admin().newToken().split("\\.", -1);
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts.length > 1 ? parts[1] : "");
            long seconds = new ObjectMapper()
                    .readTree(new String(claims, StandardCharsets.UTF_8))
                    .path("iat")
                    .asLong();
            if (seconds > 0) {
                return Instant.ofEpochSecond(seconds);
            }
        } catch (IllegalArgumentException | JsonProcessingException e) {
            // Said below: a token of no use for telling the time.
        }
        throw new RefusedException("the server's access token does not tell the time; is this a Keycloak?");
    }

    /** A generated key beside {@code like}, with its options. */
    void create(Algorithm algorithm, Key like, String name, long priority) {
        ObjectNode component = JsonNodeFactory.instance.objectNode();
        component.put("name", name);
        component.put("providerId", algorithm.provider());
        component.put("providerType", TYPE);
        component.put("parentId", realm.get().path("id").asText());
        ObjectNode config = component.putObject("config");
        config.putArray("priority").add(Long.toString(priority));
        config.putArray("enabled").add("true");
        config.putArray("active").add("true");
        if (like.component().path("providerId").asText().equals(algorithm.provider())) {
            JsonNode value = like.component().path("config").path(algorithm.option());
            if (!value.isEmpty()) {
                config.set(algorithm.option(), value);
            }
        }
        if (algorithm == Algorithm.RS256) {
            // The same provider makes keys for other algorithms too.
            config.putArray("algorithm").add(algorithm.name());
        }
        realm.admin().create(realm.path("components"), component);
    }

    void rename(Key key, String name) {
        put(key, key.component().deepCopy(), name);
    }

    void setPriority(Key key, long priority) {
        ObjectNode component = key.component().deepCopy();
        component.withObject("config").putArray("priority").add(Long.toString(priority));
        put(key, component, key.name());
    }

    void setPassive(Key key, String name) {
        ObjectNode component = key.component().deepCopy();
        component.withObject("config").putArray("active").add("false");
        put(key, component, name);
    }

    void remove(Key key) {
        realm.admin().delete(realm.path("components", key.id()));
    }

    Lives lives() {
        return Lives.of(realm.get(), realm.list("clients"));
    }

    /** The realm's own choice, if the tool knows it. */
    String defaultAlgorithm() {
        return realm.get().path("defaultSignatureAlgorithm").asText("RS256");
    }

    private void put(Key key, ObjectNode component, String name) {
        component.put("name", name);
        realm.admin().put(realm.path("components", key.id()), component);
    }
}
