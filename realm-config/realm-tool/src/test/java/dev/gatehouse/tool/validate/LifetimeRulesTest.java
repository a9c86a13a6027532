// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LifetimeRulesTest {

    @ParameterizedTest
    @CsvSource({
        "access-token-lifetime, accessTokenLifespan, 3601",
        "access-token-lifetime, accessTokenLifespan, 0",
        "access-token-lifetime, accessTokenLifespanForImplicitFlow, 7200",
        "refresh-rotation, refreshTokenMaxReuse, 1",
        "session-lifetime, ssoSessionMaxLifespan, 604801",
        "session-lifetime, ssoSessionMaxLifespan, 0",
        "session-lifetime, ssoSessionIdleTimeout, 604801",
        "session-lifetime, ssoSessionMaxLifespanRememberMe, 2592000",
        "session-lifetime, clientSessionMaxLifespan, 604801",
        "offline-lifetime, offlineSessionMaxLifespan, 604801",
        "offline-lifetime, offlineSessionIdleTimeout, 2592000",
        "offline-lifetime, clientOfflineSessionMaxLifespan, 604801"
    })
    void whatLivesTooLongIsAnError(String rule, String name, int seconds) {
        assertThat(Changed.file(realm -> realm.put(name, seconds))).containsExactly("error " + rule + " $." + name);
    }

    @ParameterizedTest
    @CsvSource({
        "accessTokenLifespan, 3600",
        "accessTokenLifespan, 1",
        "ssoSessionMaxLifespan, 604800",
        "ssoSessionMaxLifespanRememberMe, 0",
        "clientSessionMaxLifespan, 0",
        "clientOfflineSessionMaxLifespan, 0"
    })
    void theBoundsThemselvesWillDo(String name, int seconds) {
        assertThat(Changed.file(realm -> realm.put(name, seconds))).isEmpty();
    }

    @Test
    void refreshTokensThatAreGoodForEverAreAnError() {
        assertThat(Changed.file(realm -> realm.remove("revokeRefreshToken")))
                .containsExactly("error refresh-rotation $.revokeRefreshToken");
    }

    @Test
    void offlineSessionsThatNeverEndAreAnError() {
        assertThat(Changed.file(realm -> realm.put("offlineSessionMaxLifespanEnabled", false)))
                .containsExactly("error offline-lifetime $.offlineSessionMaxLifespanEnabled");
    }

    @Test
    void anIdleTimeThatIsLeftOutIsTheServersThirtyDays() {
        assertThat(Changed.file(realm -> realm.remove("offlineSessionIdleTimeout")))
                .containsExactly("error offline-lifetime $.offlineSessionIdleTimeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "3601", "0", "long"})
    void aClientsTokensMustNotOutliveRevocations(String seconds) {
        assertThat(Changed.file(
                        realm -> Changed.attributes(realm, "gatehouse-machine").put("access.token.lifespan", seconds)))
                .containsExactly(
                        "error access-token-lifetime $.clients[gatehouse-machine].attributes[\"access.token.lifespan\"]");
    }

    @Test
    void theUnlimitedLifeOfAClientsTokensIsExplained() {
        assertThat(Changed.sentence(
                        realm -> Changed.attributes(realm, "gatehouse-app").put("access.token.lifespan", "-1")))
                .startsWith("is -1, which is as long as the session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"300", "3600", ""})
    void aClientsTokensMayLiveShorter(String seconds) {
        assertThat(Changed.file(
                        realm -> Changed.attributes(realm, "gatehouse-app").put("access.token.lifespan", seconds)))
                .isEmpty();
    }

    @Test
    void aClientsSessionsHaveTheSameBound() {
        assertThat(Changed.file(realm -> Changed.attributes(realm, "gatehouse-bff")
                        .put("client.offline.session.max.lifespan", "604801")))
                .containsExactly(
                        "error client-session-lifetime $.clients[gatehouse-bff].attributes[\"client.offline.session.max.lifespan\"]");
    }
}
