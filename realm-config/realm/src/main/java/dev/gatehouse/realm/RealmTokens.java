// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads off a realm what its access tokens are like: those of clients that have the scope {@code gatehouse-api}. */
final class RealmTokens {

    private static final String SCOPE = "gatehouse-api";

    /** What Keycloak puts into every access token, by itself and by its scopes basic and acr. */
    private static final Map<String, ClaimKind> EVERYBODYS = Map.of(
            "acr", ClaimKind.TEXT,
            "azp", ClaimKind.TEXT,
            "exp", ClaimKind.NUMBER,
            "iat", ClaimKind.NUMBER,
            "iss", ClaimKind.TEXT,
            "jti", ClaimKind.TEXT,
            "sub", ClaimKind.TEXT);

    /** What it puts only into those that somebody signed in for. */
    private static final Map<String, ClaimKind> PERSONAL = Map.of("auth_time", ClaimKind.NUMBER, "sid", ClaimKind.TEXT);

    private static final String METHODS = "amr";

    private RealmTokens() {}

    static TokenContract of(JsonNode realm) {
        Map<String, ClaimKind> everybodys = new TreeMap<>(EVERYBODYS);
        Map<String, ClaimKind> personal = new TreeMap<>(PERSONAL);
        List<String> audience = new ArrayList<>();
        for (JsonNode mapper : scope(realm).path("protocolMappers")) {
            JsonNode config = mapper.path("config");
            if (config.path("access.token.claim").asBoolean()) {
                String name = claim(mapper);
                (METHODS.equals(name) ? personal : everybodys).put(name, kind(name, config));
                if (config.has("included.custom.audience")) {
                    audience.add(config.path("included.custom.audience").asText());
                }
            }
        }
        return new TokenContract(
                TokenContract.SERVER + "/realms/" + realm.path("realm").asText(),
                audience,
                List.of(realm.path("defaultSignatureAlgorithm").asText()),
                type(realm),
                everybodys,
                personal,
                realm.path("accessTokenLifespan").asLong(),
                realm.path("ssoSessionMaxLifespan").asLong());
    }

    private static JsonNode scope(JsonNode realm) {
        for (JsonNode scope : realm.path("clientScopes")) {
            if (SCOPE.equals(scope.path("name").asText())) {
                return scope;
            }
        }
        throw new IllegalArgumentException("$.clientScopes has no " + SCOPE);
    }

    private static String claim(JsonNode mapper) {
        return switch (mapper.path("protocolMapper").asText()) {
            case "oidc-audience-mapper" -> "aud";
            case "oidc-amr-mapper" -> METHODS;
            case "gatehouse-client-id" -> "client_id";
            default -> mapper.at("/config/claim.name").asText();
        };
    }

    private static ClaimKind kind(String name, JsonNode config) {
        if (name.equals("aud")) {
            return ClaimKind.TEXT_OR_TEXTS;
        }
        return name.equals(METHODS) || config.path("multivalued").asBoolean() ? ClaimKind.TEXTS : ClaimKind.TEXT;
    }

    /** RFC 9068 where the realm's policies say so, else what Keycloak writes. */
    private static String type(JsonNode realm) {
        for (JsonNode profile : realm.at("/clientProfiles/profiles")) {
            for (JsonNode executor : profile.path("executors")) {
                if ("gatehouse-access-token-type"
                        .equals(executor.path("executor").asText())) {
                    return "at+jwt";
                }
            }
        }
        return "JWT";
    }
}
