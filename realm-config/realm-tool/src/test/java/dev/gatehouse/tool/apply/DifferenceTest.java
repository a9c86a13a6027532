// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DifferenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    private static Difference difference(String wanted, String actual) throws IOException {
        return Difference.of("$", json(wanted), json(actual), (path, key, value) -> false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":true}|{\"a\":\"true\"}",
                "{\"a\":\"600\"}|{\"a\":600}",
                "{\"a\":false}|{}",
                "{\"a\":0}|{}",
                "{\"a\":\"\"}|{}",
                "{\"a\":[]}|{}",
                "{\"a\":[\"x\",\"y\"]}|{\"a\":[\"y\",\"x\"]}",
                "{\"a\":null}|{\"a\":1}",
                "{}|{\"a\":1}",
                "{\"m\":{\"k\":\"\"}}|{\"m\":{}}",
                "{\"m\":{\"k\":\"\"}}|{}",
                "{\"m\":{\"k\":\"v\"}}|{\"m\":{\"k\":\"v\",\"other\":\"stays\"}}",
                "{\"m\":{\"ssl\":\"false\"}}|{\"m\":{}}",
                "{\"m\":{\"k\":[\"1\"]}}|{\"m\":{\"k\":[\"1\"]}}",
                "{\"m\":{\"clientSecret\":\"new\"}}|{\"m\":{\"clientSecret\":\"**********\"}}",
            })
    void whatMeansTheSameIsNoDifference(String wanted, String actual) throws IOException {
        assertThat(difference(wanted, actual).lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":600}|{\"a\":300}|~ $.a: 300 -> 600",
                "{\"a\":false}|{\"a\":true}|~ $.a: true -> false",
                "{\"a\":true}|{}|~ $.a: (none) -> true",
                "{\"a\":[\"x\"]}|{\"a\":[\"x\",\"y\"]}|~ $.a: [x, y] -> [x]",
                "{\"a\":\"\"}|{\"a\":\"x\"}|~ $.a: x -> (none)",
                "{\"m\":{\"k\":\"false\"}}|{\"m\":{}}|~ $.m.k: (none) -> false",
                "{\"m\":{\"a.b\":\"1\"}}|{}|~ $.m[\"a.b\"]: (none) -> 1",
                "{\"m\":{\"password\":\"p\"}}|{\"m\":{}}|~ $.m.password: (none) -> ***",
                "{\"secret\":\"p\"}|{\"secret\":\"q\"}|~ $.secret: *** -> ***",
            })
    void everyDifferenceIsALineAndNoLineHasASecret(String wanted, String actual, String line) throws IOException {
        assertThat(difference(wanted, actual).lines()).containsExactly(line);
    }

    @Test
    void whatIsPutBackHasTheFilesValuesAndAllOthersAsTheyWere() throws IOException {
        Difference difference = difference(
                "{\"a\":1,\"m\":{\"k\":\"v\",\"s\":\"new\"}}",
                "{\"a\":2,\"b\":3,\"m\":{\"other\":\"x\",\"s\":\"**********\"}}");

        assertThat(difference.merged())
                .isEqualTo(json("{\"a\":1,\"b\":3,\"m\":{\"other\":\"x\",\"s\":\"**********\",\"k\":\"v\"}}"));
    }

    @Test
    void longValuesAreCutInALine() throws IOException {
        assertThat(difference("{\"a\":\"" + "x".repeat(500) + "\"}", "{}")
                        .lines()
                        .get(0))
                .hasSizeLessThan(150)
                .endsWith("…");
    }
}
