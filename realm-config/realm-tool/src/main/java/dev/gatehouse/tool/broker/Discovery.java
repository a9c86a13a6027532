// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.tool.admin.Addresses;
import dev.gatehouse.tool.admin.AdminException;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.report.RefusedException;

/** What an OpenID provider says about itself, fetched by the server, which will speak to it later. */
final class Discovery {

    private static final Set<String> WANTED =
            Set.of("authorizationUrl", "issuer", "jwksUrl", "logoutUrl", "tokenUrl", "userInfoUrl");

    private Discovery() {}

    /**
     * Entries for the configuration of an identity provider.
     *
     * @throws RefusedException unless the provider calls itself by exactly this name (OpenID Connect Discovery, section 4.3)
     */
    static Map<String, String> of(Realm realm, String issuer) {
        if (!Addresses.isSafe(issuer)) {
            throw new RefusedException("--issuer", "must be https (plain http only to this machine)");
        }
        String address = issuer.replaceAll("/$", "") + "/.well-known/openid-configuration";
        JsonNode answer;
        try {
            answer = realm.admin()
                    .read(
                            realm.path("identity-provider", "import-config"),
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("providerId", "oidc")
                                    .put("fromUrl", address));
        } catch (AdminException e) {
            throw new RefusedException(
                    "--issuer", "the server cannot read " + address + " (its answer: " + e.status() + ")");
        }
        return accepted(issuer, answer);
    }

    static Map<String, String> accepted(String issuer, JsonNode answer) {
        String named = answer.path("issuer").asText();
        if (!named.equals(issuer)) {
            throw new RefusedException(
                    "--issuer",
                    "what is there calls itself \"" + named + "\"; if that is whom you mean, give exactly this");
        }
        Map<String, String> entries = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : answer.properties()) {
            if (WANTED.contains(entry.getKey()) && !entry.getValue().asText().isEmpty()) {
                entries.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return entries;
    }
}
