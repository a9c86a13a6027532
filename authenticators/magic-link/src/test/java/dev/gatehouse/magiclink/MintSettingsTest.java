// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;

import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.settings.RealmAttributes;
import dev.gatehouse.spi.settings.ToldProblems;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MintSettingsTest {

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");

    private MintSettings settings() {
        return MintSettings.of(realm.model());
    }

    @Test
    void aRealmIsClosedUntilSomebodyOpensIt() {
        assertThat(settings().clients()).isEmpty();
        assertThat(settings().admins()).isFalse();
        assertThat(settings().maxLifetime()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void clientsAreListedWithCommas() {
        realm.attribute("gatehouse.mint.clients", " shop, back office ,,other,shop ");

        assertThat(settings().clients()).containsExactlyInAnyOrder("shop", "back office", "other");
    }

    @Test
    void aLinkLivesFiveMinutesOrShorterWhereTheRealmSaysSo() {
        assertThat(settings().usualLifetime()).isEqualTo(Duration.ofMinutes(5));
        realm.attribute("gatehouse.mint.maxLifetime", "24h");
        assertThat(settings().usualLifetime()).isEqualTo(Duration.ofMinutes(5));
        realm.attribute("gatehouse.mint.maxLifetime", "10s");
        assertThat(settings().usualLifetime()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aWrongValueCountsAsNotSetAndIsToldOnce() {
        realm.attribute("gatehouse.mint.maxLifetime", "25h").attribute("gatehouse.mint.admins", "yes");
        ToldProblems told = new ToldProblems();

        try (CapturedLog log = new CapturedLog(RealmAttributes.class)) {
            MintSettings first = MintSettings.of(realm.model(), told);
            MintSettings.of(realm.model(), told);

            assertThat(first.maxLifetime()).isEqualTo(Duration.ofMinutes(15));
            assertThat(first.admins()).isFalse();
            assertThat(log.warnings())
                    .hasSize(2)
                    .anyMatch(line -> line.contains("gatehouse.mint.maxLifetime is \"25h\""));
        }
    }
}
