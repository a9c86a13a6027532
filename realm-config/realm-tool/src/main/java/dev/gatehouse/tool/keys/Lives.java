// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How long what a key has signed is good. Signed by it are access tokens, ID tokens and answers for clients; refresh tokens,
 * cookies and mailed actions are not, those have a secret of the server.
 *
 * @param tokens the longest life of an access or ID token
 * @param sessions the longest life of a session; until then its ID token, expired or not, tells a logout whose it is
 */
record Lives(Duration tokens, Duration sessions) {

    private static final List<String> SESSIONS = List.of("ssoSessionMaxLifespan", "ssoSessionMaxLifespanRememberMe");

    static Lives of(JsonNode realm, Iterable<JsonNode> clients) {
        long sessions = LongStream.concat(
                        SESSIONS.stream().mapToLong(name -> realm.path(name).asLong()),
                        realm.path("offlineSessionMaxLifespanEnabled").asBoolean()
                                ? LongStream.of(
                                        realm.path("offlineSessionMaxLifespan").asLong())
                                : LongStream.empty())
                .max()
                .orElse(0);
        long tokens = Math.max(
                realm.path("accessTokenLifespan").asLong(),
                realm.path("accessTokenLifespanForImplicitFlow").asLong());
        for (JsonNode client : clients) {
            long own = client.path("attributes").path("access.token.lifespan").asLong();
            // Minus one is as long as the session.
            tokens = Math.max(tokens, own < 0 ? sessions : own);
        }
        return new Lives(Duration.ofSeconds(tokens), Duration.ofSeconds(Math.max(tokens, sessions)));
    }
}
