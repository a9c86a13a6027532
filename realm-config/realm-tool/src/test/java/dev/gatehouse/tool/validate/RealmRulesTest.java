// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RealmRulesTest {

    private static final String POLICY =
            "length(12) and maxLength(128) and notUsername(undefined) and notEmail(undefined) and passwordHistory(5)";

    @ParameterizedTest
    @CsvSource({
        "ssl-required, sslRequired, none",
        "ssl-required, sslRequired, NONE",
        "brute-force, bruteForceProtected, false",
        "brute-force, permanentLockout, true",
        "brute-force, maxSecondaryAuthFailures, 5",
        "otp-reuse, otpPolicyCodeReusable, true",
        "events, eventsEnabled, false"
    })
    void anUnsafeSwitchIsAnError(String rule, String name, String value) {
        assertThat(Changed.server("{}", realm -> realm.put(name, value)))
                .containsExactly("error " + rule + " $." + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "external", "EXTERNAL"})
    void tlsForAllOthersWillDo(String value) {
        assertThat(Changed.file(realm -> realm.put("sslRequired", value))).isEmpty();
    }

    @Test
    void bruteForceProtectionThatIsNotNamedIsOff() {
        assertThat(Changed.file(realm -> realm.remove("bruteForceProtected")))
                .containsExactly("error brute-force $.bruteForceProtected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "length(12)|length(11)",
                "length(12)|digits(1)",
                "notUsername(undefined)|digits(1)",
                "notEmail(undefined)|digits(1)"
            })
    void aWeakerPasswordPolicyIsAnError(String strong, String weak) {
        assertThat(Changed.file(realm -> realm.put("passwordPolicy", POLICY.replace(strong, weak))))
                .containsExactly("error password-policy $.passwordPolicy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"passwordHistory(5)|passwordHistory(4)", "maxLength(128)|digits(1)"})
    void aPasswordPolicyThatCouldBeBetterIsAWarning(String strong, String weak) {
        assertThat(Changed.file(realm -> realm.put("passwordPolicy", POLICY.replace(strong, weak))))
                .containsExactly("warning password-policy $.passwordPolicy");
    }

    @Test
    void aStrongerPasswordPolicyWillDo() {
        assertThat(Changed.file(realm ->
                        realm.put("passwordPolicy", POLICY.replace("length(12)", "length(16)") + " and upperCase(1)")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contentSecurityPolicy|frame-src 'self'; object-src 'none'",
                "contentSecurityPolicy|frame-ancestors 'self'",
                "xFrameOptions|ALLOWALL",
                "xContentTypeOptions|sniff",
                "referrerPolicy|unsafe-url",
                "strictTransportSecurity|max-age=3600",
                "strictTransportSecurity|includeSubDomains"
            })
    void aWeakerHeaderIsAnError(String name, String value) {
        assertThat(Changed.file(realm -> headers(realm).put(name, value)))
                .containsExactly("error security-headers $.browserSecurityHeaders." + name);
    }

    @Test
    void aHeaderThatIsLeftOutIsAnError() {
        assertThat(Changed.file(realm -> headers(realm).remove("xContentTypeOptions")))
                .containsExactly("error security-headers $.browserSecurityHeaders.xContentTypeOptions");
    }

    @Test
    void aFileWithoutHeadersGetsThoseOfTheServer() {
        assertThat(Changed.file(realm -> realm.remove("browserSecurityHeaders")))
                .isEmpty();
    }

    @Test
    void eventsThatAreKeptForEverAreWarnings() {
        assertThat(Changed.file(realm -> {
                    realm.put("eventsExpiration", 0);
                    realm.withObject("attributes").remove("adminEventsExpiration");
                }))
                .containsExactly(
                        "warning events $.eventsExpiration", "warning events $.attributes.adminEventsExpiration");
    }

    @Test
    void addressesNeedAProofWherePeopleRegister() {
        assertThat(Changed.file(realm -> realm.put("verifyEmail", false)))
                .containsExactly("warning verified-mail $.verifyEmail");
        assertThat(Changed.file(realm -> realm.put("verifyEmail", false).put("registrationAllowed", true)))
                .containsExactly("error verified-mail $.verifyEmail");
        assertThat(Changed.file(realm -> realm.put("registrationAllowed", true)))
                .isEmpty();
    }

    private static ObjectNode headers(ObjectNode realm) {
        return realm.withObject("browserSecurityHeaders");
    }
}
