// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.leave;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.file.JsonPath;

/** The realm itself: its flows, themes, listeners and attributes, in one request. */
final class LeavingSettings {

    static final String FIRST_BROKER_LOGIN = "first broker login";

    /** The server's own flow for each place of the realm. */
    private static final Map<String, String> BUILT_IN = builtIn();

    private static final List<String> THEMES = List.of("loginTheme", "emailTheme", "accountTheme", "adminTheme");

    private final Realm realm;
    private final Set<String> flows;

    LeavingSettings(Realm realm, Set<String> flows) {
        this.realm = realm;
        this.flows = flows;
    }

    private static Map<String, String> builtIn() {
        Map<String, String> builtIn = new LinkedHashMap<>();
        builtIn.put("browserFlow", "browser");
        builtIn.put("registrationFlow", "registration");
        builtIn.put("directGrantFlow", "direct grant");
        builtIn.put("resetCredentialsFlow", "reset credentials");
        builtIn.put("firstBrokerLoginFlow", FIRST_BROKER_LOGIN);
        builtIn.put("clientAuthenticationFlow", "clients");
        builtIn.put("dockerAuthenticationFlow", "docker auth");
        return Collections.unmodifiableMap(builtIn);
    }

    void add(List<Change> changes) {
        List<String> lines = new ArrayList<>();
        settings(lines);
        if (!lines.isEmpty()) {
            changes.add(new Change("settings of the realm", lines, () -> realm.admin()
                    .put(realm.path(), settings(new ArrayList<>()))));
        }
    }

    private ObjectNode settings(List<String> lines) {
        ObjectNode actual = realm.get().deepCopy();
        BUILT_IN.forEach((place, flow) -> {
            if (flows.contains(actual.path(place).asText())) {
                put(actual, "$", place, flow, lines);
            }
        });
        THEMES.stream()
                .filter(theme -> Traces.ours(actual.path(theme).asText()))
                .forEach(theme -> put(actual, "$", theme, "", lines));
        ArrayNode listeners = actual.arrayNode();
        for (JsonNode listener : actual.path("eventsListeners")) {
            if (Traces.ours(listener.asText())) {
                lines.add("- $.eventsListeners: " + listener.asText());
            } else {
                listeners.add(listener);
            }
        }
        actual.set("eventsListeners", listeners);
        for (String name : names(actual.path("attributes"))) {
            if (Traces.oursAttribute(name)) {
                lines.add("- " + JsonPath.member("$.attributes", name));
                actual.withObject("attributes").remove(name);
            }
        }
        return actual;
    }

    /** Gives a property a value and tells it in a line. */
    static void put(ObjectNode object, String path, String key, String value, List<String> lines) {
        lines.add("~ " + JsonPath.member(path, key) + ": " + object.path(key).asText() + " -> "
                + (value.isEmpty() ? "(none)" : value));
        object.put(key, value);
    }

    static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
