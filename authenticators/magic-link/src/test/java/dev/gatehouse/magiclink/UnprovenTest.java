// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.util.Map;

import dev.gatehouse.spi.fake.FakeUser;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;

import static org.assertj.core.api.Assertions.assertThat;

class UnprovenTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

    private final FakeUser kim = new FakeUser("user-kim", "kim", "kim@example.org").unverified();

    @Test
    void anAccountThatRegisteredItselfIsUnprovenUntilItsAddressIsVerified() {
        Unproven.mark(kim.model(), NOW);
        assertThat(Unproven.is(kim.model())).isTrue();

        kim.model().setEmailVerified(true);
        assertThat(Unproven.is(kim.model())).isFalse();
    }

    @Test
    void anAccountWithoutTheMarkIsNot() {
        assertThat(Unproven.is(kim.model())).isFalse();
        assertThat(Unproven.isOpen(kim.model())).isTrue();
    }

    @Test
    void aVerifiedAddressIsNotMarked() {
        kim.model().setEmailVerified(true);

        Unproven.mark(kim.model(), NOW);

        assertThat(kim.attributes()).isEmpty();
    }

    @Test
    void aServiceAccountIsNotMarked() {
        Unproven.mark(kim.serviceAccountOf("client").model(), NOW);

        assertThat(kim.attributes()).isEmpty();
    }

    @Test
    void anAccountOfAnotherStorageIsNotMarked() {
        FakeUser federated = new FakeUser("f:ldap-1:kim", "kim", "kim@example.org").unverified();

        Unproven.mark(federated.model(), NOW);

        assertThat(federated.attributes()).isEmpty();
    }

    @Test
    void theProofReplacesTheMarkAndIsDated() {
        Unproven.mark(kim.model(), NOW);

        Unproven.proved(kim.model(), NOW);

        assertThat(kim.attributes()).doesNotContainKey(Unproven.MARK);
        assertThat(Unproven.provedAt(kim.model())).contains(NOW);
    }

    @Test
    void whatAnAdministratorWroteInsteadOfADateIsNone() {
        assertThat(Unproven.provedAt(kim.model())).isEmpty();
        kim.attributes().put(Unproven.PROVED, "yes");
        assertThat(Unproven.provedAt(kim.model())).isEmpty();
    }

    @Test
    void theMarkOfAVerifiedAddressIsTakenAwaySoThatALaterAddressIsNotMeant() {
        Unproven.mark(kim.model(), NOW);
        Unproven.settle(kim.model());
        assertThat(kim.attributes()).containsKey(Unproven.MARK);

        kim.model().setEmailVerified(true);
        Unproven.settle(kim.model());
        assertThat(kim.attributes()).isEmpty();
    }

    @Test
    void aMarkThatItsOwnerRemovedOrChangedIsPutBack() {
        Event removed = edited(Map.of("previous_gatehouse.unproven", "then"));
        Event changed = edited(Map.of("previous_gatehouse.proved", "then", "updated_gatehouse.proved", "now"));
        kim.attributes().put(Unproven.PROVED, "now");

        Unproven.undo(removed, kim.model());
        Unproven.undo(changed, kim.model());

        assertThat(kim.attributes()).containsEntry(Unproven.MARK, "then").containsEntry(Unproven.PROVED, "then");
    }

    @Test
    void aMarkThatItsOwnerWroteIsRemoved() {
        kim.attributes().put(Unproven.MARK, "now");

        Unproven.undo(edited(Map.of("updated_gatehouse.unproven", "now")), kim.model());

        assertThat(kim.attributes()).isEmpty();
    }

    @Test
    void otherEditsChangeNothing() {
        kim.attributes().put(Unproven.MARK, "then");

        Unproven.undo(edited(Map.of("previous_locale", "en", "updated_locale", "de")), kim.model());
        Unproven.undo(new Event(), kim.model());

        assertThat(kim.attributes()).containsOnly(Map.entry(Unproven.MARK, "then"));
    }

    private static Event edited(Map<String, String> details) {
        Event event = new Event();
        event.setDetails(details);
        return event;
    }
}
