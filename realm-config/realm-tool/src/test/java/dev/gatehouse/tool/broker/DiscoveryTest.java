// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DiscoveryTest {

    @Test
    void whoAnswersIsWhoWasAsked() {
        assertThat(Discovery.accepted("https://id.example", answer("https://id.example")))
                .containsEntry("issuer", "https://id.example")
                .containsEntry("tokenUrl", "https://id.example/token")
                .doesNotContainKeys("metadataDescriptorUrl", "userInfoUrl");
        assertThatThrownBy(() -> Discovery.accepted("https://id.example", answer("https://id.example/")))
                .hasMessage(
                        "--issuer: what is there calls itself \"https://id.example/\"; if that is whom you mean, give"
                                + " exactly this");
        assertThatThrownBy(() -> Discovery.accepted("https://id.example", JsonNodeFactory.instance.objectNode()))
                .hasMessageStartingWith("--issuer: what is there calls itself \"\"");
    }

    private static ObjectNode answer(String issuer) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("issuer", issuer)
                .put("tokenUrl", "https://id.example/token")
                .put("userInfoUrl", "")
                .put("metadataDescriptorUrl", "https://id.example/.well-known/openid-configuration");
    }
}
