// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The published description of the API for minted links, and whether answers are as it says. */
final class MintContract {

    private static final Path FILE = Path.of("../docs/mint-api.openapi.json");

    private final JsonNode responses;
    private final JsonNode minted;

    private MintContract(JsonNode document) {
        this.responses = document.at("/paths/~1realms~1{realm}~1gatehouse-magic-link/post/responses");
        this.minted = document.at("/components/schemas/MintedLink");
    }

    static MintContract read() {
        try {
            return new MintContract(Json.parse(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE, e);
        }
    }

    /** {@code answer}, if it is one that the description knows. */
    MintBackend.Answer checked(MintBackend.Answer answer) {
        String status = Integer.toString(answer.status());
        assertThat(names(responses)).as(answer.body()).contains(status);
        assertThat(answer.header("Content-Type")).as(answer.body()).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.headers().map().keySet())
                .as("for backends, not for pages")
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
        JsonNode json = answer.json();
        if (answer.status() == 201) {
            assertThat(names(json)).containsExactlyInAnyOrderElementsOf(names(minted.get("properties")));
            assertThat(OffsetDateTime.parse(json.get("expiresAt").asText())).isNotNull();
        } else {
            assertThat(names(json)).containsExactlyInAnyOrder("error", "error_description");
            List<String> known = new ArrayList<>();
            responses
                    .at("/" + status + "/content/application~1json/schema/allOf/1/properties/error/enum")
                    .forEach(code -> known.add(code.asText()));
            assertThat(known).as(answer.body()).contains(json.get("error").asText());
        }
        return answer;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
