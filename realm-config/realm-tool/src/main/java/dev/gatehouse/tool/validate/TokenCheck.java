// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.realm.TokenContract;
import dev.gatehouse.tool.admin.Admin;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.report.Problem;

/** Compares an access token with the contract, and with what its issuer publishes. Nothing of the token is in a finding. */
final class TokenCheck {

    private static final String RULE = "token-contract";
    private static final Pattern JWS = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TokenContract contract;
    private final List<Finding> findings = new ArrayList<>();

    private TokenCheck(TokenContract contract) {
        this.contract = contract;
    }

    /**
     * What is wrong with a token of a realm.
     *
     * @param published what the realm's issuer publishes; none is asked for without a server
     */
    static List<Finding> of(String token, TokenContract contract, Optional<Published> published) {
        TokenCheck check = new TokenCheck(contract);
        check.look(token, published);
        return List.copyOf(check.findings);
    }

    /**
     * What the issuer of a realm publishes.
     *
     * @param discovery OpenID Connect discovery
     * @param keys the JSON Web Key Set
     */
    record Published(JsonNode discovery, JsonNode keys) {

        static Published by(Admin admin, String realm) {
            return new Published(
                    admin.open(AdminPath.ofRealm(realm, ".well-known", "openid-configuration")),
                    admin.open(AdminPath.ofRealm(realm, "protocol", "openid-connect", "certs")));
        }
    }

    private void look(String token, Optional<Published> published) {
        if (!JWS.matcher(token).matches()) {
            error("", "is no signed JWT of three parts");
            return;
        }
        List<String> parts = List.of(token.split("\\.", -1));
        Optional<JsonNode> header = decoded(parts.get(0));
        Optional<JsonNode> claims = decoded(parts.get(1));
        if (header.isEmpty() || claims.isEmpty()) {
            error("", "header or claims are not JSON");
            return;
        }
        // Only who signs in has a session.
        boolean isOfPerson = claims.get().has("sid");
        contract.problems(header.get(), claims.get(), isOfPerson).forEach(problem -> error("", problem));
        published.ifPresent(issuer -> compare(header.get(), claims.get(), issuer));
    }

    private void compare(JsonNode header, JsonNode claims, Published issuer) {
        String name = issuer.discovery().path("issuer").asText();
        if (!name.equals(claims.path("iss").asText())) {
            error(".iss", "is another issuer than discovery's, " + name);
        }
        Optional<JsonNode> key = StreamSupport.stream(issuer.keys().path("keys").spliterator(), false)
                .filter(published ->
                        published.path("kid").asText().equals(header.path("kid").asText()))
                .findFirst();
        if (key.isEmpty()) {
            error(".kid", "the issuer publishes no such key");
        } else if (!key.get().path("alg").asText().equals(header.path("alg").asText())) {
            error(".alg", "is not that of the published key");
        }
    }

    private void error(String member, String sentence) {
        findings.add(new Finding(Severity.ERROR, RULE, new Problem("$" + member, sentence)));
    }

    private static Optional<JsonNode> decoded(String part) {
        try {
            JsonNode json = JSON.readTree(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
            return Optional.of(json).filter(JsonNode::isObject);
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
