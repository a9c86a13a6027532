// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The published description of the API says what the code does. Journeys hold real answers against it, too. */
class MintContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the limiter can say. */
    private static final Map<String, List<String>> LIMITS = Map.of(
            "403", List.of("access_denied"),
            "429", List.of("too_many_requests"),
            "503", List.of("temporarily_unavailable"));

    private JsonNode document = JSON.createObjectNode();

    @BeforeEach
    void read() throws Exception {
        document = JSON.readTree(Files.readString(Path.of("../../realm-config/docs/mint-api.openapi.json")));
    }

    @Test
    void everyErrorStandsUnderItsStatusAndNoOther() {
        Map<String, TreeSet<String>> expected = new TreeMap<>();
        LIMITS.forEach((status, codes) -> expected.put(status, new TreeSet<>(codes)));
        for (MintError error : MintError.values()) {
            expected.computeIfAbsent(Integer.toString(error.status().getStatusCode()), status -> new TreeSet<>())
                    .add(error.code());
        }
        Map<String, TreeSet<String>> described = new TreeMap<>();
        responses().fieldNames().forEachRemaining(status -> {
            if (!status.equals("201")) {
                TreeSet<String> codes = new TreeSet<>();
                responses()
                        .at("/" + status + "/content/application~1json/schema/allOf/1/properties/error/enum")
                        .forEach(code -> codes.add(code.asText()));
                described.put(status, codes);
            }
        });

        assertThat(described).isEqualTo(expected);
    }

    @Test
    void theBoundsOfARequestAreThoseOfTheCode() {
        JsonNode request = document.at("/components/schemas/LinkRequest");

        assertThat(request.get("additionalProperties").asBoolean()).isFalse();
        assertThat(names(request.get("properties")))
                .containsExactlyInAnyOrder("email", "userId", "clientId", "redirectUri", "lifespanSeconds", "send");
        assertThat(request.at("/properties/email/maxLength").asInt()).isEqualTo(MintRequest.LONGEST_EMAIL);
        assertThat(request.at("/properties/userId/maxLength").asInt()).isEqualTo(MintRequest.LONGEST_ID);
        assertThat(request.at("/properties/clientId/maxLength").asInt()).isEqualTo(MintRequest.LONGEST_ID);
        assertThat(request.at("/properties/redirectUri/maxLength").asInt()).isEqualTo(MintRequest.LONGEST_URI);
        assertThat(request.at("/properties/lifespanSeconds/minimum").asInt()).isEqualTo(MintRequest.SHORTEST_LIFESPAN);
        assertThat(document.at("/paths/~1realms~1{realm}~1gatehouse-magic-link/post/requestBody/description")
                        .asText())
                .contains(Integer.toString(MintRequest.LONGEST_BODY));
    }

    @Test
    void itsExamplesAreRequests() throws Exception {
        List<JsonNode> examples = new ArrayList<>();
        document.at(
                        "/paths/~1realms~1{realm}~1gatehouse-magic-link/post/requestBody/content/application~1json/examples")
                .forEach(example -> examples.add(example.get("value")));

        assertThat(examples).hasSize(2);
        for (JsonNode example : examples) {
            assertThat(MintRequest.parse(JSON.writeValueAsBytes(example))).isNotNull();
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document.findValuesAsText("$ref").forEach(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    private JsonNode responses() {
        return document.at("/paths/~1realms~1{realm}~1gatehouse-magic-link/post/responses");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
