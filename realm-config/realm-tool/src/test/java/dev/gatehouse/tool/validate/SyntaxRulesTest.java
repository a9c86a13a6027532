// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SyntaxRulesTest {

    @Test
    void aMisspeltPropertyIsAnErrorWhereverItStands() {
        assertThat(Changed.file(realm -> {
                    realm.put("acessTokenLifespan", 600);
                    Changed.client(realm, "gatehouse-app").put("redirectUri", "https://app.example/");
                    Changed.step(realm, "gatehouse browser", 0).put("authenticatr", "auth-cookie");
                }))
                .containsExactlyInAnyOrder(
                        "error known-property $.acessTokenLifespan",
                        "error known-property $.clients[gatehouse-app].redirectUri",
                        "error known-property $.authenticationFlows[gatehouse browser].authenticationExecutions[0].authenticatr");
    }

    @Test
    void freeNamesAreFree() {
        assertThat(Changed.file(realm -> {
                    realm.withObject("attributes").put("acme.colour", "blue");
                    Changed.attributes(realm, "gatehouse-app").put("acme.colour", "blue");
                }))
                .isEmpty();
    }

    @Test
    void aSwitchOrANumberInQuotesIsAnError() {
        assertThat(Changed.file(realm -> realm.put("rememberMe", "${GATEHOUSE_REMEMBER:false}")))
                .containsExactly("error known-property $.rememberMe");
        assertThat(Changed.sentence(realm -> realm.put("rememberMe", "${GATEHOUSE_REMEMBER:false}")))
                .contains("placeholders stand in text only");
        assertThat(Changed.file(realm -> realm.put("accessTokenLifespan", "600")))
                .containsExactly("error known-property $.accessTokenLifespan");
    }

    @Test
    void aListIsAList() {
        assertThat(Changed.file(realm -> realm.put("supportedLocales", "en")))
                .containsExactly("error known-property $.supportedLocales");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "a ${GATEHOUSE_X", "${GATEHOUSE X}", "${}", "${Gate House}", "${GATEHOUSE_X:${}"})
    void aBraceThatHoldsNothingIsAnError(String text) {
        assertThat(Changed.file(realm -> realm.put("displayName", text)))
                .containsExactly("error placeholder $.displayName");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${GATEHOUSE_X:}",
                "${GATEHOUSE_X,GATEHOUSE_Y:a}",
                "${GATEHOUSE_X:${GATEHOUSE_Y:a}} b",
                "${client_account}",
                "{a} $ b"
            })
    void aPlaceholderOrATextOfTheServerWillDo(String text) {
        assertThat(Changed.file(realm -> realm.put("displayName", text))).isEmpty();
    }

    @Test
    void aPlaceholderIsNoName() {
        assertThat(Changed.file(realm -> realm.withObject("attributes").put("${GATEHOUSE_X:a}", "b")))
                .containsExactly("error placeholder $.attributes[\"${GATEHOUSE_X:a}\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a\nb", "x\",\"enabled\":\"", "${OTHER}"})
    void aValueThatTheImportWouldSpliceInIsAnError(String value) {
        assertThat(Changed.file(realm -> {}, Map.of("GATEHOUSE_SMTP_USER", value)))
                .contains("error placeholder $.smtpServer.user");
    }

    @Test
    void anOrdinaryValueWillDo() {
        assertThat(Changed.file(realm -> {}, Map.of("GATEHOUSE_SMTP_USER", "mail@example.org")))
                .isEmpty();
    }

    @Test
    void aDefaultIsSplicedInToo() {
        assertThat(Changed.file(realm -> realm.put("displayName", "${GATEHOUSE_X:a\"b}")))
                .containsExactly("error placeholder $.displayName");
    }

    @Test
    void aPlaceholderOnAServerWasNeverReplaced() {
        assertThat(Changed.server("{}", realm -> realm.put("displayName", "${GATEHOUSE_X:a}")))
                .isEmpty();
        assertThat(Rules.check(Subject.ofServer(
                        Changed.json("{'realm': 'a', 'displayName': '${GATEHOUSE_X:a}'}"),
                        Known.byServer(Changed.json("{}")),
                        Changed.DECLARED)))
                .anyMatch(finding -> finding.line().startsWith("error: $.displayName: is a placeholder"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "master", "a/b", "a realm"})
    void aRealmHasANameThatCanStandInAddresses(String name) {
        assertThat(Changed.file(realm -> realm.put("realm", name))).containsExactly("error realm-name $.realm");
    }

    @Test
    void whatIsSwitchedOnHasRealAddresses() {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-bff").put("enabled", true)))
                .isNotEmpty()
                .allMatch(finding -> finding.startsWith("error stand-in-address $.clients[gatehouse-bff]."));
        assertThat(Changed.file(
                        realm -> Changed.client(realm, "gatehouse-bff").put("enabled", true),
                        Map.of("GATEHOUSE_BFF_URL", "https://bff.example")))
                .isEmpty();
    }

    @Test
    void peopleAreNotInAFile() {
        assertThat(Changed.file(realm -> Changed.add(realm, "users").put("username", "anna")))
                .containsExactly("error no-users $.users");
    }
}
