// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.Stub;
import org.junit.jupiter.api.Test;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.models.ClientModel;

import static org.assertj.core.api.Assertions.assertThat;

class CookieBrowserTest {

    private static final Tab TAB = new Tab("root-1", "tab-1", "execution-1");

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final ClientModel app = realm.client("uuid-app", "app", null);
    private final ClientModel other = realm.client("uuid-other", "other", null);
    private final FakeLogin login = new FakeLogin("root-1");
    private final FakeTab tab = login.tab("tab-1", app);
    private final CookieBrowser browser = new CookieBrowser(login.root(), Optional.of("mark"));
    private final CookieBrowser planted = new CookieBrowser(login.root(), Optional.of("another mark"));
    private final CookieBrowser unmarked = new CookieBrowser(login.root(), Optional.empty());
    private final CookieBrowser stranger = new CookieBrowser(null, Optional.empty());

    private void waits() {
        Secret secret = Secret.parse("A".repeat(43)).orElseThrow();
        new WaitingTab(tab.model()).waitFor(secret, secret, "execution-1", "mark", "kim@example.org", Instant.EPOCH);
    }

    @Test
    void aBrowserOwnsTheTabsOfItsLoginAlsoThoseThatAreGone() {
        assertThat(browser.owns(TAB)).isTrue();
        assertThat(browser.owns(new Tab("root-1", "tab-9", "execution-9"))).isTrue();
        assertThat(browser.owns(new Tab("root-2", "tab-1", "execution-1"))).isFalse();
    }

    @Test
    void aBrowserHasOnlyTabsThatAreThere() {
        assertThat(browser.has(TAB)).isTrue();
        login.close("tab-1");
        assertThat(browser.has(TAB)).isFalse();
        assertThat(browser.nonceHash(TAB)).isEmpty();
    }

    @Test
    void aTabHasANonceOnlyWhereTheSameStepWaits() {
        assertThat(browser.nonceHash(TAB)).isEmpty();
        waits();

        assertThat(browser.nonceHash(TAB)).contains(Secret.hash("A".repeat(43)));
        assertThat(browser.nonceHash(new Tab("root-1", "tab-1", "execution-2"))).isEmpty();
        assertThat(browser.nonceHash(new Tab("root-1", "tab-2", "execution-1"))).isEmpty();
    }

    @Test
    void aBrowserWithoutTheCookieHasNothing() {
        waits();

        assertThat(stranger.owns(TAB)).isFalse();
        assertThat(stranger.has(TAB)).isFalse();
        assertThat(stranger.nonceHash(TAB)).isEmpty();
        assertThat(stranger.tab("tab-1")).isEmpty();
        assertThat(stranger.waitingTab(app, "tab-1")).isEmpty();
    }

    @Test
    void aTabIsFoundByItsIdAndItsOwnClient() {
        assertThat(browser.tab("tab-1")).contains(tab.model());
        assertThat(browser.tab(null)).isEmpty();
        assertThat(browser.tab("tab-9")).isEmpty();
        assertThat(browser.waitingTab(app, "tab-1")).isEmpty();
        waits();
        assertThat(browser.waitingTab(app, "tab-1")).contains(tab.model());
        assertThat(browser.waitingTab(other, "tab-1")).isEmpty();
        assertThat(browser.waitingTab(null, "tab-1")).isEmpty();
        assertThat(browser.waitingTab(app, null)).isEmpty();
    }

    @Test
    void aBrowserThatDidNotAskOwnsNothingEvenWithTheLoginOfTheOneThatDid() {
        waits();

        for (CookieBrowser thief : List.of(planted, unmarked)) {
            assertThat(thief.owns(TAB)).isFalse();
            assertThat(thief.waitingTab(app, "tab-1")).isEmpty();
        }
    }

    @Test
    void aRequestWithoutACookieIsAStrangers() {
        FakeServer server = new FakeServer(new MovedTime()).with(realm);
        server.provide(
                CookieProvider.class,
                null,
                Stub.of(CookieProvider.class).is("get", null).get());

        assertThat(CookieBrowser.of(server.request(realm).model(), realm.model()))
                .isEqualTo(stranger);
    }
}
