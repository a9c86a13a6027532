// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.settings;

import java.time.Duration;
import java.util.List;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RealmAttributesTest {

    private static final Setting<Duration> WAIT = Setting.duration("gh.wait", "Wait", "How long.", "30s", "1s", "1h");
    private static final Setting<Boolean> OPEN = Setting.flag("gh.open", "Open", "Whether.", false);

    private final CapturedLog log = new CapturedLog(RealmAttributes.class);
    private final ToldProblems told = new ToldProblems();
    private final FakeRealm shop = new FakeRealm("realm-1", "shop");
    private final FakeRealm club = new FakeRealm("realm-2", "club");

    @AfterEach
    void endLog() {
        log.close();
    }

    private Settings read(FakeRealm realm) {
        return RealmAttributes.read(realm.model(), List.of(WAIT, OPEN), told);
    }

    @Test
    void aRealmWithoutAttributesHasTheDefaults() {
        assertThat(read(shop).get(WAIT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(read(shop).get(OPEN)).isFalse();
        assertThat(RealmAttributes.isOn(shop.model(), OPEN)).isFalse();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void whatIsSetHoldsFromTheNextReadingOnAndForNoOtherRealm() {
        read(shop);
        shop.attribute("gh.wait", " 2m ").attribute("gh.open", "true");

        assertThat(read(shop).get(WAIT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(read(shop).get(OPEN)).isTrue();
        assertThat(RealmAttributes.isOn(shop.model(), OPEN)).isTrue();
        assertThat(read(club).get(WAIT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RealmAttributes.isOn(club.model(), OPEN)).isFalse();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aWrongValueCountsAsNotSetAndTheOthersHold() {
        shop.attribute("gh.wait", "soon").attribute("gh.open", "true");

        assertThat(read(shop).get(WAIT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(read(shop).get(OPEN)).isTrue();
    }

    @Test
    void aWrongValueIsToldOnceForEachRealmAndOnceMoreWhenItIsAnotherOne() {
        shop.attribute("gh.wait", "soon");
        club.attribute("gh.wait", "soon");
        for (int i = 0; i < 3; i++) {
            read(shop);
            read(club);
        }

        assertThat(log.warnings()).containsExactly(warning("shop", "soon"), warning("club", "soon"));

        shop.attribute("gh.wait", "2h");
        read(shop);
        assertThat(log.warnings()).hasSize(3).last().isEqualTo(warning("shop", "2h"));
    }

    private static String warning(String realm, String value) {
        return "An attribute of realm " + realm + " counts as not set: gh.wait is \"" + value
                + "\" but must be a time from 1s to 1h, written as a number and s, m, h or d";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "false", "yes", "1", "TRUE", "true x"})
    void onlyTrueSwitchesSomethingOnThatIsOffByItself(String value) {
        shop.attribute("gh.open", value);

        assertThat(RealmAttributes.isOn(shop.model(), OPEN)).isFalse();
        assertThat(read(shop).get(OPEN)).isFalse();
    }
}
