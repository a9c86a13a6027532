// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.Exchange.Answer;
import org.jspecify.annotations.Nullable;

/** An access token that is always good: a new one is fetched before the old one ends. */
final class Tokens {

    private static final Duration RESERVE = Duration.ofSeconds(15);
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Exchange exchange;
    private final Login login;
    private final InstantSource clock;

    private @Nullable String access;
    private @Nullable String refresh;
    private Instant renewAt = Instant.MIN;

    Tokens(Exchange exchange, Login login, InstantSource clock) {
        this.exchange = exchange;
        this.login = login;
        this.clock = clock;
    }

    String current() {
        String token = access;
        if (token == null || !clock.instant().isBefore(renewAt)) {
            token = renewed();
        }
        return token;
    }

    /** A token that was made just now. */
    String anew() {
        return renewed();
    }

    /** The server refuses the token: the next one is fetched anew. */
    void drop() {
        access = null;
        refresh = null;
    }

    /** Ends the session that the logins opened. The server would end it too, later: so a failure does not matter. */
    void end() {
        if (refresh != null) {
            try {
                ask("logout", renewal(refresh));
            } catch (AdminException serverIsGone) {
                // What was asked for is done, or has failed with a better reason.
            }
            drop();
        }
    }

    private String renewed() {
        if (refresh != null) {
            Answer answer = ask("token", renewal(refresh));
            if (answer.good()) {
                return accept(answer);
            }
        }
        Answer answer = ask("token", login.form());
        if (answer.status() == 400 || answer.status() == 401) {
            throw new AdminException(
                    "POST",
                    path("token"),
                    answer.status(),
                    "the server does not let " + login + " in; name and password are wrong, or a second factor is asked"
                            + " for (then use a client with a service account)");
        }
        return accept(answer);
    }

    private Map<String, String> renewal(String token) {
        Map<String, String> form = new LinkedHashMap<>(login.form());
        form.keySet().retainAll(Set.of("client_id", "client_secret"));
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        return form;
    }

    private String accept(Answer answer) {
        JsonNode token = Exchange.json("POST", path("token"), answer);
        String text = token.path("access_token").asText();
        if (text.isEmpty()) {
            throw new AdminException("POST", path("token"), answer.status(), "no access token in the answer");
        }
        access = text;
        refresh = token.path("refresh_token").asText(null);
        renewAt =
                clock.instant().plusSeconds(token.path("expires_in").asLong(60)).minus(RESERVE);
        return text;
    }

    private Answer ask(String endpoint, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return exchange.send("POST", path(endpoint), null, FORM, BodyPublishers.ofString(body));
    }

    private AdminPath path(String endpoint) {
        return AdminPath.ofRealm(login.realm(), "protocol", "openid-connect", endpoint);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
