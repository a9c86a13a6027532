// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.Map;

import org.keycloak.Config;

/** Server options from a map. */
public final class FakeConfig {

    private FakeConfig() {}

    /** The options of one provider. */
    public static Config.Scope scope(Map<String, String> values) {
        return Stub.of(Config.Scope.class)
                .on(
                        "get",
                        call -> call.size() == 1
                                ? values.get(call.text(0))
                                : values.getOrDefault(call.text(0), call.text(1)))
                .is("getArray", null)
                .get();
    }

    /** A whole server whose only options are those of the scope with these {@code names}. */
    public static Config.ConfigProvider server(String names, Map<String, String> values) {
        return Stub.of(Config.ConfigProvider.class)
                .on("scope", call -> {
                    String asked = String.join("/", (String[]) call.get(0));
                    return scope(asked.equals(names) ? values : Map.of());
                })
                .get();
    }
}
