// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.kit.server.Build;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the realm tool takes for properties of a realm is what the server reads. */
class KnownPropertiesIT {

    private static final String REPRESENTATIONS = "org.keycloak.representations.idm.";

    @Test
    void theListOfTheToolIsTheServersOwn() throws Exception {
        JsonNode types = new ObjectMapper()
                .readTree(Archive.of(Build.target().resolve("gatehouse-realm-tool.jar"))
                        .text("dev/gatehouse/tool/validate/known-properties.json"));
        List<String> compared = new ArrayList<>();
        try (ServerClasses server = ServerClasses.withTheOneJar()) {
            for (String type : names(types)) {
                Set<String> known = properties(server, type);
                if (!known.isEmpty()) {
                    assertThat(names(types.path(type))).as(type).isEqualTo(known);
                    compared.add(type);
                }
            }
        }
        assertThat(compared)
                .contains(
                        "authenticationExecutionExport",
                        "authenticationFlow",
                        "client",
                        "clientPolicies",
                        "clientScope",
                        "componentExport",
                        "identityProvider",
                        "realm");
    }

    /** Empty for what is in another package. */
    private static Set<String> properties(ServerClasses server, String type) throws ReflectiveOperationException {
        String name = Character.toUpperCase(type.charAt(0)) + type.substring(1) + "Representation";
        Class<?> representation;
        try {
            representation = server.loader().loadClass(REPRESENTATIONS + name);
        } catch (ClassNotFoundException e) {
            return Set.of();
        }
        Object mapper = server.instance("com.fasterxml.jackson.databind.ObjectMapper");
        Object described =
                mapper.getClass().getMethod("constructType", Type.class).invoke(mapper, representation);
        Object config = ServerClasses.call(mapper, "getDeserializationConfig");
        Class<?> javaType = server.loader().loadClass("com.fasterxml.jackson.databind.JavaType");
        Object description = config.getClass().getMethod("introspect", javaType).invoke(config, described);
        Set<String> names = new TreeSet<>();
        for (Object property : (List<?>) ServerClasses.call(description, "findProperties")) {
            names.add(ServerClasses.call(property, "getName").toString());
        }
        return names;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
