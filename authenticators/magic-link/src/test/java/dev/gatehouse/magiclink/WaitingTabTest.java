// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;

import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeTab;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingTabTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = NOW.plusSeconds(900);

    private final Secret token = Secret.parse("A".repeat(43)).orElseThrow();
    private final Secret nonce = Secret.parse("B".repeat(42) + "A").orElseThrow();
    private final FakeTab session =
            new FakeLogin("root-1").tab("tab-1", new FakeRealm("realm-1", "shop").client("uuid", "app", null));
    private final WaitingTab tab = new WaitingTab(session.model());

    private void waitsForAMail() {
        tab.waitFor(token, nonce, "execution-1", "mark", "kim@example.org", END);
    }

    @Test
    void aFreshTabWaitsForNothing() {
        assertThat(tab.waits("execution-1")).isFalse();
        assertThat(tab.nonceHash()).isEmpty();
        assertThat(tab.tokenHash()).isEmpty();
        assertThat(tab.address()).isEmpty();
        assertThat(tab.expired(NOW)).isTrue();
    }

    @Test
    void aTabKnowsItsPlace() {
        assertThat(tab.place("execution-1")).isEqualTo(new Tab("root-1", "tab-1", "execution-1"));
    }

    @Test
    void aWaitingTabRemembersItsMailAndNeverTheToken() {
        waitsForAMail();

        assertThat(tab.waits("execution-1")).isTrue();
        assertThat(tab.nonceHash()).contains(nonce.hash());
        assertThat(tab.tokenHash()).contains(token.hash());
        assertThat(tab.address()).isEqualTo("kim@example.org");
        assertThat(session.notes().values()).doesNotContain(token.reveal());
        assertThat(session.notes()).hasSize(6).allSatisfy((name, value) -> assertThat(name)
                .startsWith("gatehouse.magic-link."));
    }

    @Test
    void anotherStepOfTheFlowDoesNotSeeIt() {
        waitsForAMail();

        assertThat(tab.waits("execution-2")).isFalse();
    }

    @Test
    void aTabWithoutItsNonceWaitsForNothing() {
        waitsForAMail();
        session.notes().put("gatehouse.magic-link.nonce", "no nonce");

        assertThat(tab.nonceHash()).isEmpty();
        assertThat(tab.waits("execution-1")).isFalse();
    }

    @Test
    void aLinkIsOverAtItsEnd() {
        waitsForAMail();

        assertThat(tab.expired(END.minusMillis(1))).isFalse();
        assertThat(tab.expired(END)).isTrue();
    }

    @Test
    void forgettingLeavesEverythingOfOthers() {
        session.notes().put("REMEMBER_ME", "true");
        waitsForAMail();
        tab.forget();

        assertThat(session.notes().keySet()).containsExactly("REMEMBER_ME");
        assertThat(tab.waits("execution-1")).isFalse();
        assertThat(tab.nonce()).isEmpty();
    }
}
