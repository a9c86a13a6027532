// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What an access token of the realm is like, so that those who accept tokens can rely on it (RFC 9068). It is derived from
 * the realm's file, and a token of a running server is compared with it.
 *
 * <p>It says what stands in a token, not whether a token is genuine: signatures are for a verifier.
 *
 * @param issuer the claim {@code iss}, with {@code {server}} for the server's address
 * @param audience every one of them stands in {@code aud}
 * @param algorithms those that tokens are signed with
 * @param type the header {@code typ}
 * @param claims the claims of every token, by name
 * @param personal the claims that only tokens of people have: a client that acts for itself has no sign-in
 * @param accessTokenSeconds how long an access token lives
 * @param sessionSeconds when people have to sign in again at the latest
 */
public record TokenContract(
        String issuer,
        List<String> audience,
        List<String> algorithms,
        String type,
        Map<String, ClaimKind> claims,
        Map<String, ClaimKind> personal,
        long accessTokenSeconds,
        long sessionSeconds) {

    static final String SERVER = "{server}";

    public TokenContract {
        audience = List.copyOf(audience);
        algorithms = List.copyOf(algorithms);
        claims = Map.copyOf(claims);
        personal = Map.copyOf(personal);
    }

    /** The contract of a realm that is written down as Keycloak's representation. */
    static TokenContract of(JsonNode realm) {
        return RealmTokens.of(realm);
    }

    /** The contract of the realm that this build ships. */
    public static TokenContract ofShippedRealm() {
        return read(RealmFiles.read(RealmFiles.CONTRACT));
    }

    /** A contract as it is written down. */
    public static TokenContract read(JsonNode json) {
        return new TokenContract(
                json.path("issuer").asText(),
                texts(json.path("audience")),
                texts(json.path("algorithms")),
                json.path("type").asText(),
                claims(json.path("claims")),
                claims(json.path("personalClaims")),
                json.at("/lifetimes/accessTokenSeconds").asLong(),
                json.at("/lifetimes/sessionSeconds").asLong());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, ClaimKind> claims(JsonNode object) {
        Map<String, ClaimKind> claims = new TreeMap<>();
        object.properties()
                .forEach(claim ->
                        claims.put(claim.getKey(), ClaimKind.of(claim.getValue().asText())));
        return claims;
    }

    /**
     * What of a token is not as it was promised, a sentence each. The values of claims are not in the sentences.
     *
     * @param header the decoded JOSE header
     * @param payload the decoded claims
     * @param ofPerson whether somebody signed in for it, as against a client that acts for itself
     */
    public List<String> problems(JsonNode header, JsonNode payload, boolean ofPerson) {
        List<String> problems = new ArrayList<>();
        if (!type.equals(header.path("typ").asText())) {
            problems.add("The header typ is not " + type);
        }
        if (!algorithms.contains(header.path("alg").asText())) {
            problems.add("The header alg is none of " + String.join(", ", algorithms));
        }
        if (!payload.path("iss").asText().endsWith(issuer.substring(SERVER.length()))) {
            problems.add("The claim iss does not end with " + issuer.substring(SERVER.length()));
        }
        for (String wanted : audience) {
            if (!audiences(payload.path("aud")).contains(wanted)) {
                problems.add("The claim aud has no " + wanted);
            }
        }
        Map<String, ClaimKind> all = new TreeMap<>(claims);
        if (ofPerson) {
            all.putAll(personal);
        }
        all.forEach((name, kind) -> {
            if (!payload.has(name)) {
                problems.add("The claim " + name + " is missing");
            } else if (!kind.fits(payload.get(name))) {
                problems.add("The claim " + name + " is not " + kind.phrase());
            }
        });
        long life = payload.path("exp").asLong() - payload.path("iat").asLong();
        if (life > accessTokenSeconds) {
            problems.add("The token lives " + life + " s, longer than " + accessTokenSeconds + " s");
        }
        return List.copyOf(problems);
    }

    /** One audience is a text, more are a list (RFC 7519, section 4.1.3). */
    private static List<String> audiences(JsonNode claim) {
        return claim.isArray() ? texts(claim) : List.of(claim.asText());
    }

    /** As it is written down, sorted by name. */
    JsonNode json() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode lifetimes = json.objectNode();
        lifetimes.put("accessTokenSeconds", accessTokenSeconds);
        lifetimes.put("sessionSeconds", sessionSeconds);
        ObjectNode contract = json.objectNode();
        contract.set("algorithms", list(algorithms));
        contract.set("audience", list(audience));
        contract.set("claims", kinds(claims));
        contract.put("issuer", issuer);
        contract.set("lifetimes", lifetimes);
        contract.set("personalClaims", kinds(personal));
        contract.put("type", type);
        return contract;
    }

    private static ArrayNode list(List<String> texts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static ObjectNode kinds(Map<String, ClaimKind> claims) {
        ObjectNode kinds = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(claims).forEach((name, kind) -> kinds.put(name, kind.written()));
        return kinds;
    }
}
