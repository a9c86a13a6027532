// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.Exchange.Answer;
import org.jspecify.annotations.Nullable;

/**
 * The Admin REST API of one server, for one administrator.
 *
 * <p>Every failure is an {@link AdminException} that names method, path, status and the server's words. A request is sent
 * once; only one that is refused for its token is repeated, with a new one. Not for several threads.
 */
public final class Admin implements AutoCloseable {

    private static final int PAGE = 100;
    private static final String JSON = "application/json";

    private final Exchange exchange;
    private final Tokens tokens;
    private int writes;

    private Admin(Exchange exchange, Tokens tokens) {
        this.exchange = exchange;
        this.tokens = tokens;
    }

    /**
     * Speaks to a server. Nothing is sent before the first request.
     *
     * @param server the address, without a slash at the end
     */
    public static Admin of(URI server, Login login, InstantSource clock) {
        Exchange exchange = new Exchange(server);
        return new Admin(exchange, new Tokens(exchange, login, clock));
    }

    /** What is there. */
    public JsonNode get(AdminPath path) {
        return Exchange.json("GET", path, send("GET", path, null));
    }

    /** What is there, or empty where nothing is. */
    public Optional<JsonNode> find(AdminPath path) {
        Answer answer = send("GET", path, null);
        return answer.status() == 404 ? Optional.empty() : Optional.of(Exchange.json("GET", path, answer));
    }

    /** All elements of a list that the server gives in pages. */
    public List<JsonNode> list(AdminPath path) {
        List<JsonNode> all = new ArrayList<>();
        int size;
        do {
            AdminPath page = path.with("first", Integer.toString(all.size())).with("max", Integer.toString(PAGE));
            JsonNode elements = get(page);
            elements.forEach(all::add);
            size = elements.size();
        } while (size == PAGE);
        return all;
    }

    /** What anybody may read, without a token. */
    public JsonNode open(AdminPath path) {
        return Exchange.json("GET", path, exchange.send("GET", path, null, JSON, BodyPublishers.noBody()));
    }

    /** Makes something and gives its id, which the server tells in a header; empty where it tells none. */
    public String create(AdminPath path, JsonNode body) {
        Answer answer = written("POST", path, body);
        return answer.location()
                .map(it -> it.substring(it.lastIndexOf('/') + 1))
                .orElse("");
    }

    /** Sends a POST and gives what the server answers, a missing node for nothing. */
    public JsonNode post(AdminPath path, @Nullable JsonNode body) {
        return Exchange.json("POST", path, written("POST", path, body));
    }

    /** What is there, where the server gives it only as the answer to a POST; nothing is changed by it. */
    public JsonNode read(AdminPath path) {
        return Exchange.json("POST", path, send("POST", path, null));
    }

    /** What the server answers to {@code body}; nothing is changed by it. */
    public JsonNode read(AdminPath path, JsonNode body) {
        return Exchange.json("POST", path, send("POST", path, body));
    }

    /** Puts {@code body} in the place of what is there. */
    public void put(AdminPath path, @Nullable JsonNode body) {
        written("PUT", path, body);
    }

    /** Removes what is there. */
    public void delete(AdminPath path) {
        written("DELETE", path, null);
    }

    /** Removes what {@code body} names. */
    public void delete(AdminPath path, JsonNode body) {
        written("DELETE", path, body);
    }

    /** A new access token of the login; its claim {@code iat} is the time by the server's clock. */
    public String newToken() {
        return tokens.anew();
    }

    /** How many requests were sent that can change something; logins are none. */
    public int writes() {
        return writes;
    }

    /** Ends the session that the login opened. */
    @Override
    public void close() {
        tokens.end();
    }

    private Answer written(String method, AdminPath path, @Nullable JsonNode body) {
        writes++;
        Answer answer = send(method, path, body);
        if (!answer.good()) {
            throw Exchange.failure(method, path, answer);
        }
        return answer;
    }

    private Answer send(String method, AdminPath path, @Nullable JsonNode body) {
        BodyPublisher content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        Answer answer = exchange.send(method, path, tokens.current(), JSON, content);
        if (answer.status() == 401) {
            tokens.drop();
            answer = exchange.send(method, path, tokens.current(), JSON, content);
        }
        return answer;
    }
}
