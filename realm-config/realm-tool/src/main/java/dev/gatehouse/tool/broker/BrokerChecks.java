// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.Addresses;
import dev.gatehouse.tool.report.Problem;

/** What would let people in by the wrong door. */
final class BrokerChecks {

    private static final List<String> ENDPOINTS =
            List.of("authorizationUrl", "issuer", "jwksUrl", "logoutUrl", "tokenUrl", "userInfoUrl");
    private static final List<String> NEEDED = List.of("authorizationUrl", "issuer", "jwksUrl", "tokenUrl");

    /** What the shipped realm has where the server wants an address and nobody has said one. */
    private static final Pattern NOWHERE = Pattern.compile("https?://[^/]*\\.invalid(/.*)?");

    private BrokerChecks() {}

    static List<Problem> problems(JsonNode provider, Wish wish) {
        List<Problem> problems = new ArrayList<>();
        JsonNode config = provider.path("config");
        String id = provider.path("providerId").asText();
        if (!id.equals(wish.kind().id())) {
            problems.add(
                    new Problem("--as", wish.alias() + " is a provider of the kind " + id + "; choose another alias"));
        }
        if (config.path("clientId").asText().isEmpty()) {
            problems.add(new Problem("--client-id", "is needed: the realm has none for " + wish.alias()));
        }
        if (config.path("clientSecret").asText().isEmpty()) {
            problems.add(new Problem(
                    "--secret-file", "or --secret-vault is needed: the realm has no secret for " + wish.alias()));
        }
        if (provider.path("trustEmail").asBoolean()
                && !wish.kind().vouchesForAddresses()
                && !wish.trustEmail().orElse(false)) {
            problems.add(new Problem(
                    "--trust-email",
                    "the realm takes addresses from " + wish.alias()
                            + " as proven; say so if it proves them, or --no-trust-email"));
        }
        if (wish.kind() == Kind.OIDC) {
            endpoints(config, problems);
        }
        return problems;
    }

    private static void endpoints(JsonNode config, List<Problem> problems) {
        for (String name : NEEDED) {
            String address = config.path(name).asText();
            if (address.isEmpty() || NOWHERE.matcher(address).matches()) {
                problems.add(new Problem("--issuer", "is needed: " + name + " is not known"));
                return;
            }
        }
        for (String name : ENDPOINTS) {
            String address = config.path(name).asText();
            if (!address.isEmpty() && !Addresses.isSafe(address)) {
                problems.add(new Problem(name, "\"" + address + "\" must be https (plain http only to this machine)"));
            }
        }
    }
}
