// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.secret;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;

import static org.assertj.core.api.Assertions.assertThat;

class RealmSecretTest {

    private final FakeRealm shop = new FakeRealm("realm-1", "shop");
    private final FakeRealm club = new FakeRealm("realm-2", "club");
    private final FakeServer server = new FakeServer(new MovedTime()).with(shop).with(club);
    private final KeycloakSession session = server.request(shop).model();

    @Test
    void eachRealmAndPurposeHasItsOwn() {
        byte[] limits = RealmSecret.of(session, shop.model(), "limits");

        assertThat(limits).hasSize(32).isEqualTo(RealmSecret.of(session, shop.model(), "limits"));
        assertThat(RealmSecret.of(session, shop.model(), "marks")).isNotEqualTo(limits);
        assertThat(RealmSecret.of(session, club.model(), "limits")).isNotEqualTo(limits);
    }

    @Test
    void anOldOneIsFoundUnderItsKeyAsLongAsThatIsKept() {
        byte[] old = RealmSecret.of(session, shop.model(), "marks");
        assertThat(RealmSecret.activeKid(session, shop.model())).isEqualTo("first");

        server.keys().rotate(shop, "second");

        assertThat(RealmSecret.activeKid(session, shop.model())).isEqualTo("second");
        assertThat(RealmSecret.of(session, shop.model(), "marks")).isNotEqualTo(old);
        assertThat(RealmSecret.of(session, shop.model(), "marks", "first")).hasValue(old);
        server.keys().delete(shop, "first");
        assertThat(RealmSecret.of(session, shop.model(), "marks", "first")).isEmpty();
        assertThat(RealmSecret.of(session, shop.model(), "marks", "of nobody")).isEmpty();
    }
}
