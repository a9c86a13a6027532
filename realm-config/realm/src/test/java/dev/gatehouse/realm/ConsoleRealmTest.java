// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConsoleRealmTest {

    private static JsonNode resolved(String source) {
        return ConsoleRealm.of(TestJson.of(source));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${A:b} | b",
                "${A:} | ''",
                "before ${A:b} after | before b after",
                "${A:b}${C_2:d} | bd",
                "${A:http://127.0.0.1:8090}/callback | http://127.0.0.1:8090/callback",
                "${A:$1 and \\\\0} | $1 and \\\\0",
            })
    void aPlaceholderGivesWayToItsDefaultAsItIsWritten(String text, String wanted) {
        assertThat(resolved("{'name': '" + text + "'}")).isEqualTo(TestJson.of("{'name': '" + wanted + "'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"${role_view-profile}", "$A", "{A:b}", "100 %"})
    void whatIsNoPlaceholderStays(String text) {
        assertThat(resolved("{'name': '" + text + "'}"))
                .as("messages of Keycloak's own are in lower case")
                .isEqualTo(TestJson.of("{'name': '" + text + "'}"));
    }

    @Test
    void anObjectThatLacksWhatItNeedsIsLeftOutWholeAndNothingElse() {
        assertThat(resolved("{'realm': 'a', 'smtpServer': {'port': '${P:25}', 'host': '${H}'}, 'enabled': true}"))
                .isEqualTo(TestJson.of("{'realm': 'a', 'enabled': true}"));
        assertThat(resolved("{'outer': {'inner': {'host': 'a${H}b${P:25}'}, 'port': 25}}"))
                .as("the object around it has what it needs")
                .isEqualTo(TestJson.of("{'outer': {'port': 25}}"));
    }

    @Test
    void aMemberOfAListIsNotLeftOutInSilence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolved("{'redirectUris': ['http://127.0.0.1/callback', '${URL}/callback']}"))
                .withMessageContaining("${URL}/callback");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolved("{'clients': [{'baseUrl': '${URL}'}]}"))
                .withMessageContaining("${URL}");
    }

    @Test
    void aRealmOfWhichNothingWouldBeLeftIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> resolved("{'realm': '${NAME}'}"));
    }

    @Test
    void numbersFlagsAndTheOrderOfMembersStay() {
        assertThat(resolved("{'b': 1, 'a': [true, null, 1.5], 'c': {}, 'd': []}")
                        .toString())
                .isEqualTo("{\"b\":1,\"a\":[true,null,1.5],\"c\":{},\"d\":[]}");
    }

    @Test
    void theSourceStaysAsItIs() {
        JsonNode source = TestJson.of("{'a': ['${A:b}'], 'c': {'d': '${E}'}}");
        JsonNode before = source.deepCopy();

        ConsoleRealm.of(source);

        assertThat(source).isEqualTo(before);
    }

    @Test
    void theShippedRealmLosesItsMailServerAndNoOtherObject() {
        JsonNode source = TestJson.shippedRealm();
        JsonNode console = RealmFiles.read(RealmFiles.CONSOLE);

        assertThat(console).isEqualTo(ConsoleRealm.of(source));
        assertThat(console.toString()).doesNotContain("${");
        assertThat(source.has("smtpServer")).isTrue();
        assertThat(TestJson.shippedRealm().without("smtpServer").properties().stream()
                        .map(member -> member.getKey()))
                .containsExactlyElementsOf(console.properties().stream()
                        .map(member -> member.getKey())
                        .toList());
    }
}
