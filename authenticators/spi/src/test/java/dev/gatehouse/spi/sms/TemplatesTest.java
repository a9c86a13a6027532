// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TemplatesTest {

    private static final String TO = "+4915123456789";

    private static Stream<String> hostileTexts() {
        return Stream.of(
                "plain",
                "\"},{\"to\":\"+491\",\"text\":\"",
                "{to}{text}{from}{secret}",
                "${vault.sms} \\u0022 \\",
                "line\r\nline\ttab\u0000\u001f\u007f",
                "&to=+491&text=x=%26+",
                "Grüße 😀 \u2028\u2029",
                "");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void inJsonAValueMeansItself(String text) throws Exception {
        String body =
                BodyTemplate.parse(BodyKind.JSON, BodyKind.JSON.template()).fill(TO, text, "");

        assertThat(new ObjectMapper().readValue(body, Object.class)).isEqualTo(Map.of("to", TO, "text", text));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void inAFormAValueMeansItself(String text) {
        String body = BodyTemplate.parse(BodyKind.FORM, "to={to}&text={text}&from={from}")
                .fill(TO, text, "A&B");

        String[] fields = body.split("&", -1);
        assertThat(fields).hasSize(3);
        assertThat(fields[0]).isEqualTo("to=%2B4915123456789");
        assertThat(URLDecoder.decode(fields[1], StandardCharsets.UTF_8)).isEqualTo("text=" + text);
        assertThat(fields[2]).isEqualTo("from=A%26B");
        assertThat(body).doesNotContain("\r", "\n", " ");
    }

    @Test
    void halfACharacterIsNoHarm() throws Exception {
        String body =
                BodyTemplate.parse(BodyKind.JSON, BodyKind.JSON.template()).fill(TO, "x\ud83d", "");

        assertThat(body).contains("x\\ud83d");
    }

    private static Stream<Arguments> wrongBodies() {
        return Stream.of(
                wrong(
                        "{\"to\":\"{to}\",\"text\":\"{phone}\"}",
                        "holds {phone}, which is no placeholder; there is {from}, {text}, {to}"),
                wrong("{\"to\":\"{to}\"}", "must hold {to} and {text}"),
                wrong("{\"text\":\"{text}\"}", "must hold {to} and {text}"),
                wrong("{\"to\":{to},\"text\":\"{text}\"}", "must have {to} inside quotes"),
                wrong("{\"to\":\"\\\"{to}\",\"text\":{text}}", "must have {text} inside quotes"),
                wrong("{\"to\":\"{to}\",\"text\":\"{text}}", "has quotes that do not end"));
    }

    private static Arguments wrong(String body, String clause) {
        return Arguments.of(body, clause);
    }

    @ParameterizedTest
    @MethodSource("wrongBodies")
    void aBodyThatIsWrongIsToldInOneClause(String body, String clause) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BodyTemplate.parse(BodyKind.JSON, body))
                .withMessage(clause);
    }

    @Test
    void bracesThatAreNoPlaceholderStay() {
        assertThat(BodyTemplate.parse(BodyKind.JSON, "{\"a\":{},\"m\":[{\"to\":\"{to}\",\"t\":\"{ x }{text}\"}]}")
                        .fill(TO, "x", ""))
                .isEqualTo("{\"a\":{},\"m\":[{\"to\":\"" + TO + "\",\"t\":\"{ x }x\"}]}");
    }

    @Test
    void headersAreSentAsTheyAreSetWithTheSecretInItsPlace() {
        GatewayHeaders headers = GatewayHeaders.parse("Authorization: Bearer {secret} | X-App:  a:b ");

        assertThat(headers.with("s3{secret}"))
                .containsExactly(
                        new GatewayHeaders.Header("Authorization", "Bearer s3{secret}"),
                        new GatewayHeaders.Header("X-App", "a:b"));
        assertThat(headers.needSecret()).isTrue();
        assertThat(headers).hasToString("Authorization, X-App");
        assertThat(headers.with("s3").toString()).doesNotContain("s3");
        assertThat(GatewayHeaders.parse("").with("x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                ": value",
                "Name:",
                "Na me: value",
                "Näme: value",
                "Name: välue",
                "Name: va\r\nX-Other: lue",
                "Na\nme: value",
                "Name: a\u0000b",
                "Name: value |",
                "Name: value || Other: value"
            })
    void whatIsNoHeaderIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayHeaders.parse(text))
                .withMessage("must be headers such as \"Name: value\" in plain ASCII, with a vertical bar between two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "content-length", "Content-Type", "TRANSFER-ENCODING", "Connection", "Upgrade", "Expect"
            })
    void headersThatTheClientSetsAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayHeaders.parse(name + ": s3cr3t"))
                .withMessage("must not hold " + name + ", which is not for an option to set");
    }

    @Test
    void aHeaderHasNoPlaceholderButTheSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayHeaders.parse("X-To: {to}"))
                .withMessage("holds {to}, which is no placeholder; there is {secret}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sms.example.org",
                "https://sms.example.org:8443/v1/send?key=s3cr3t",
                "HTTPS://sms.example.org/",
                "https://[2001:db8::1]/",
                "http://localhost:8080/send",
                "http://127.0.0.1/",
                "http://[::1]:8080/"
            })
    void aGatewayIsReachedByTlsOrOnThisMachine(String text) {
        assertThat(GatewayUrl.parse(text)).get().asString().doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sms.example.org",
                "//sms.example.org/",
                "http://sms.example.org/",
                "http://127.0.0.1.example.org/",
                "http://localhost@sms.example.org/",
                "https://user:pass@sms.example.org/",
                "https://sms.example.org/#there",
                "https:///send",
                "https://sms_1.example.org/",
                "https://sms.example.org:99999/",
                "ftp://sms.example.org/",
                "file:///etc/passwd",
                "https://sms.example.org/a b"
            })
    void anythingElseIsNoGateway(String text) {
        assertThat(GatewayUrl.parse(text)).isEmpty();
    }
}
