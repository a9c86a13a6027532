// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MintRequestTest {

    private static final String REST = "\"clientId\":\"shop\",\"redirectUri\":\"https://shop.example.org/\"";

    private static MintRequest parsed(String json) throws MintRefused {
        return MintRequest.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static MintRefused refused(String json) {
        MintRefused refused = catchThrowableOfType(MintRefused.class, () -> parsed(json));
        assertThat(refused).as(json).isNotNull();
        assertThat(refused.error()).isEqualTo(MintError.INVALID_REQUEST);
        return refused;
    }

    @Test
    void allFieldsAreRead() throws Exception {
        MintRequest request = parsed("{\"userId\":\"u-1\"," + REST + ",\"lifespanSeconds\":60,\"send\":true}");

        assertThat(request.userId()).isEqualTo("u-1");
        assertThat(request.email()).isNull();
        assertThat(request.clientId()).isEqualTo("shop");
        assertThat(request.redirectUri()).isEqualTo("https://shop.example.org/");
        assertThat(request.lifespan()).contains(Duration.ofSeconds(60));
        assertThat(request.send()).isTrue();
    }

    @Test
    void whatMayBeLeftOutIsLeftOpen() throws Exception {
        MintRequest request = parsed("{\"email\":\"kim@example.org\"," + REST + "}");

        assertThat(request.email()).isEqualTo("kim@example.org");
        assertThat(request.userId()).isNull();
        assertThat(request.lifespan()).isEmpty();
        assertThat(request.send()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "[]",
                "{",
                "{}x",
                "{}{}",
                "nonsense",
                "{'email':'a'}",
                "{\"email\":\"a\",\"email\":\"b\"," + REST + "}",
            })
    void whatIsNoJsonObjectIsRefused(String text) {
        assertThat(refused(text).description()).startsWith("The body must");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] bytes = ("{\"email\":\"k?m\"," + REST + "}").getBytes(StandardCharsets.ISO_8859_1);
        bytes[11] = (byte) 0xC3;

        assertThat(catchThrowableOfType(MintRefused.class, () -> MintRequest.parse(bytes)))
                .isNotNull();
    }

    @Test
    void anUnknownFieldIsRefusedAndNotRepeated() {
        assertThat(refused("{\"email\":\"a@b.c\"," + REST + ",\"hunter2\":1}").description())
                .contains("userId", "send")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + REST + "}",
                "{\"email\":\"a@b.c\",\"userId\":\"u\"," + REST + "}",
                "{\"email\":null,\"userId\":\"u\"," + REST + "}"
            })
    void theAccountIsNamedInOneWay(String text) {
        assertThat(refused(text).description()).contains("email and userId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "email | `{\"email\":1,$}`",
                "email | `{\"email\":\"\",$}`",
                "email | `{\"email\":\" \",$}`",
                "email | `{\"email\":null,$}`",
                "email | `{\"email\":\"a\\u0000b\",$}`",
                "email | `{\"email\":\"a\\nb\",$}`",
                "email | `{\"email\":\"\\ud800\",$}`",
                "email | `{\"email\":[\"a@b.c\"],$}`",
                "userId | `{\"userId\":true,$}`",
                "clientId | `{\"email\":\"a@b.c\",\"redirectUri\":\"x\"}`",
                "redirectUri | `{\"email\":\"a@b.c\",\"clientId\":\"x\"}`",
                "lifespanSeconds | `{\"email\":\"a@b.c\",$,\"lifespanSeconds\":9}`",
                "lifespanSeconds | `{\"email\":\"a@b.c\",$,\"lifespanSeconds\":-60}`",
                "lifespanSeconds | `{\"email\":\"a@b.c\",$,\"lifespanSeconds\":60.0}`",
                "lifespanSeconds | `{\"email\":\"a@b.c\",$,\"lifespanSeconds\":\"60\"}`",
                "lifespanSeconds | `{\"email\":\"a@b.c\",$,\"lifespanSeconds\":4294967356}`",
                "lifespanSeconds | `{\"email\":\"a@b.c\",$,\"lifespanSeconds\":null}`",
                "send | `{\"email\":\"a@b.c\",$,\"send\":1}`",
                "send | `{\"email\":\"a@b.c\",$,\"send\":\"true\"}`",
                "send | `{\"email\":\"a@b.c\",$,\"send\":null}`"
            })
    void aWrongValueIsRefusedByItsName(String field, String text) {
        assertThat(refused(text.replace("$", REST)).description()).startsWith(field + " must be");
    }

    @ParameterizedTest
    @CsvSource({"email, 254", "userId, 255", "clientId, 255", "redirectUri, 2000"})
    void textsHaveALongestLength(String field, int longest) throws Exception {
        String other = field.equals("email") || field.equals("userId") ? "" : "\"email\":\"a@b.c\",";
        String rest = field.equals("clientId") || field.equals("redirectUri")
                ? (field.equals("clientId") ? ",\"redirectUri\":\"x\"" : ",\"clientId\":\"x\"")
                : "," + REST;

        assertThat(parsed("{" + other + "\"" + field + "\":\"" + "x".repeat(longest) + "\"" + rest + "}"))
                .isNotNull();
        assertThat(refused("{" + other + "\"" + field + "\":\"" + "x".repeat(longest + 1) + "\"" + rest + "}")
                        .description())
                .contains(field, Integer.toString(longest));
    }

    @Test
    void noMoreIsReadThanARequestMayHave() {
        ByteArrayInputStream endless =
                new ByteArrayInputStream(" ".repeat(100_000).getBytes(StandardCharsets.US_ASCII));

        MintRefused refused = catchThrowableOfType(MintRefused.class, () -> MintRequest.read(endless));

        assertThat(refused.description()).contains("8192");
        assertThat(endless.available()).isEqualTo(100_000 - MintRequest.LONGEST_BODY - 1);
    }

    @Test
    void aBodyThatCannotBeReadIsRefused() {
        InputStream broken = new PipedInputStream();

        assertThat(catchThrowableOfType(MintRefused.class, () -> MintRequest.read(broken))
                        .description())
                .isEqualTo("The body could not be read");
    }

    @Test
    void gibberishIsRefusedAndNothingElse() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(catchThrowableOfType(MintRefused.class, () -> MintRequest.read(new ByteArrayInputStream(bytes))))
                    .isNotNull();
        }
        refused("[".repeat(5000));
        refused("{\"a\":".repeat(1500));
        refused("{\"email\":\"a@b.c\"," + REST + ",\"lifespanSeconds\":1e999999999}");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "APPLICATION/JSON; charset=utf-8, true",
        "' application/json ;x', true",
        "application/json-seq, false",
        "text/json, false",
        "'', false",
        "application/x-www-form-urlencoded, false"
    })
    void onlyJsonIsReadAsJson(String type, boolean json) {
        assertThat(MintRequest.isJson(type)).isEqualTo(json);
        assertThat(MintRequest.isJson(null)).isFalse();
    }

    @Test
    void theAddressIsNotInItsTextForm() throws Exception {
        assertThat(parsed("{\"email\":\"kim@example.org\"," + REST + "}").toString())
                .doesNotContain("kim");
    }
}
