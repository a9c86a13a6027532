// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.settings.StepSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticationExecutionModel;

import static org.assertj.core.api.Assertions.assertThat;

class MagicLinkSettingsTest {

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final AuthenticationExecutionModel step = realm.step("execution-1", "gatehouse-magic-link");

    private Optional<MagicLinkSettings> with(Map<String, String> values) {
        realm.configure(step, values);
        return MagicLinkSettings.of(realm.model(), step);
    }

    private static MagicLinkSettings lifetime(Duration lifetime) {
        return settings(lifetime, Duration.ofSeconds(30), false, true);
    }

    private static MagicLinkSettings settings(
            Duration lifetime, Duration resendAfter, boolean allowUnverified, boolean openDuringTemporaryLock) {
        return new MagicLinkSettings(
                ChannelKind.MAIL,
                "phoneNumber",
                lifetime,
                6,
                resendAfter,
                allowUnverified,
                false,
                openDuringTemporaryLock);
    }

    @Test
    void theDefaultsAreThese() {
        assertThat(MagicLinkSettings.of(realm.model(), step))
                .contains(settings(Duration.ofMinutes(15), Duration.ofSeconds(30), false, true));
    }

    @Test
    void everySettingCanBeSet() {
        assertThat(with(Map.of(
                        "channel", "sms",
                        "numberAttribute", "mobile",
                        "codeDigits", "8",
                        "createAccounts", "true",
                        "lifetime", "2m",
                        "resendAfter", "1m",
                        "allowUnverified", "true",
                        "openDuringTemporaryLock", "false")))
                .contains(new MagicLinkSettings(
                        ChannelKind.SMS, "mobile", Duration.ofMinutes(2), 8, Duration.ofMinutes(1), true, true, false));
    }

    @ParameterizedTest
    @CsvSource({
        "lifetime,10s",
        "lifetime,1h",
        "lifetime,60m",
        "resendAfter,1s",
        "resendAfter,10m",
        "codeDigits,6",
        "codeDigits,8",
        "channel,mail",
        "allowUnverified,true",
        "openDuringTemporaryLock,false",
    })
    void theBoundsThemselvesAreAccepted(String key, String value) {
        assertThat(with(Map.of(key, value))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "lifetime,9s,a time from 10s to 1h",
        "lifetime,3601s,a time from 10s to 1h",
        "lifetime,0s,a time from 10s to 1h",
        "lifetime,15,a time from 10s to 1h",
        "lifetime,-15m,a time from 10s to 1h",
        "lifetime,soon,a time from 10s to 1h",
        "resendAfter,0s,a time from 1s to 10m",
        "resendAfter,11m,a time from 1s to 10m",
        "resendAfter,never,a time from 1s to 10m",
        "channel,MAIL,'mail, sms'",
        "channel,pigeon,'mail, sms'",
        "numberAttribute,phone number,the name of an attribute",
        "codeDigits,7,6 or 8",
        "codeDigits,4,6 or 8",
        "codeDigits,six,6 or 8",
        "createAccounts,yes,true or false",
        "allowUnverified,yes,true or false",
        "allowUnverified,TRUE,true or false",
        "allowUnverified,1,true or false",
        "openDuringTemporaryLock,no,true or false",
    })
    void aBadValueClosesTheStepAndIsTold(String key, String value, String rule) {
        try (CapturedLog log = new CapturedLog(StepSettings.class)) {
            assertThat(with(Map.of(key, value))).isEmpty();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("\"browser of ours\"", key + " is \"" + value + "\" but must be " + rule);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // The login, the user's action, the code: the longest counts, and one minute less is what a link gets.
        "PT30M,PT5M,PT1M,PT15M",
        "PT16M,PT5M,PT1M,PT15M",
        "PT15M59S,PT5M,PT1M,PT14M59S",
        "PT5M,PT1M,PT1M,PT4M",
        "PT1M,PT5M,PT1M,PT4M",
        "PT1M,PT1M,PT5M,PT4M",
        "PT1M2S,PT1M,PT1M,PT2S",
        "PT1M,PT1M,PT1M,PT1S",
        "PT10S,PT1S,PT1S,PT1S",
    })
    void aLinkDoesNotOutliveTheLoginThatWaits(Duration login, Duration action, Duration code, Duration life) {
        realm.loginTimeouts(login, action, code);

        assertThat(lifetime(Duration.ofMinutes(15)).lifetimeIn(realm.model())).isEqualTo(life);
    }

    @Test
    void inNoRealmALinkOutlivesTheLoginLessOneMinute() {
        for (int login = 1; login < 5_000; login += 7) {
            realm.loginTimeouts(Duration.ofSeconds(login), Duration.ofSeconds(30), Duration.ofSeconds(15));
            for (int minutes : new int[] {1, 15, 60}) {
                Duration life = lifetime(Duration.ofMinutes(minutes)).lifetimeIn(realm.model());
                assertThat(life).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(minutes));
                assertThat(life).isLessThanOrEqualTo(Duration.ofSeconds(Math.max(1, Math.max(login, 30) - 60)));
            }
        }
    }
}
