// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import dev.gatehouse.tool.report.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RealmTextTest {

    @Test
    void anObjectIsARealm() {
        assertThat(RealmText.parse("a.json", "{\"realm\": \"a\"}").path("realm").asText())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'realm': 'a',\\n 'realm': 'b'}|a.json:2:9: the member 'realm' is there twice",
                "{'enabled': ${X:true}}|a.json:1:13: a placeholder must stand within quotes",
                "{'realm': 'a',}|a.json:1:15: is not JSON",
                "{'realm': 'geheim|a.json:1:",
                "{} {}|a.json:1:",
                "[]|a.json: is no realm: it must be one JSON object",
                "''|a.json: is no realm"
            })
    void anythingElseIsRefusedWithItsPlace(String text, String message) {
        String json = text.replace("\\n", "\n").replace('\'', '"');

        assertThatThrownBy(() -> RealmText.parse("a.json", json))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("geheim");
    }

    @Test
    void nothingIsNoRealm() {
        assertThatThrownBy(() -> RealmText.parse("a.json", "")).hasMessageStartingWith("a.json: is no realm");
    }
}
