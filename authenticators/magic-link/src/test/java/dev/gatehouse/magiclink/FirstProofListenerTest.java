// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.time.Instant;

import dev.gatehouse.spi.fake.FakeSession;
import dev.gatehouse.spi.fake.FakeUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.FederatedIdentityModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FirstProofListenerTest {

    private final TakenAccount taken = new TakenAccount();

    /** Kim has proved the mail, and has a second factor to pass. */
    private void begun() {
        taken.kim.credential("otp-1", "otp");
        taken.begins();
    }

    @Test
    void anAccountThatRegistersItselfIsMarked() {
        taken.kim.attributes().clear();

        taken.happens(taken.tab, taken.event(EventType.REGISTER));

        assertThat(taken.kim.attributes())
                .containsEntry(Unproven.MARK, taken.time.instant().toString());
    }

    @Test
    void oneWhoseAddressIsVerifiedAlreadyIsNot() {
        taken.kim.attributes().clear();
        taken.kim.model().setEmailVerified(true);

        taken.happens(taken.tab, taken.event(EventType.REGISTER));

        assertThat(taken.isMarked()).isFalse();
    }

    @Test
    void keycloaksOwnProofTakesTheMarkAwayAndNothingElse() {
        taken.happens(taken.tab, taken.event(EventType.VERIFY_EMAIL));

        assertThat(taken.isMarked()).isFalse();
        assertThat(taken.kim.credentials()).containsExactly("password-1");
    }

    @Test
    void theEndOfTheSignInIsTheProofOfAnAccountWithASecondFactor() {
        begun();

        taken.signsIn(taken.tab);

        assertThat(taken.kim.credentials()).containsExactly("otp-1");
        assertThat(taken.kim.isVerified()).isTrue();
        assertThat(taken.isMarked()).isFalse();
        assertThat(taken.proofs()).singleElement().satisfies(event -> {
            assertThat(event.getSessionId()).isEqualTo("session-1");
            assertThat(event.getDetails()).containsEntry("gatehouse_removed", "password");
        });
        assertThat(taken.queue.jobs()).hasSize(1);
    }

    @Test
    void itHappensOnce() {
        begun();
        taken.signsIn(taken.tab);
        taken.kim.credential("password-2", "password");

        taken.time.pass(Duration.ofMinutes(5));
        taken.signsIn(taken.tab);

        assertThat(taken.kim.credentials()).containsExactly("otp-1", "password-2");
        assertThat(taken.proofs()).hasSize(1);
    }

    @Test
    void aProofThatFailsUndoesTheSignIn() {
        begun();
        taken.server.users().on("getConsentsStream", call -> {
            throw new IllegalStateException("the database is away");
        });
        taken.tab.user(taken.kim.model());
        FakeSession session = taken.request(taken.tab);
        FirstProofListener listener = new FirstProofListener(session.model(), taken.time);

        assertThatThrownBy(() -> listener.onEvent(taken.event(EventType.LOGIN)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(session.transactions().getRollbackOnly()).isTrue();
    }

    @Test
    void aSignInInAnotherTabIsNotTheProof() {
        begun();

        taken.signsIn(taken.elsewhere);

        assertThat(taken.kim.credentials()).containsExactly("password-1", "otp-1");
        assertThat(taken.kim.isVerified()).isFalse();
        assertThat(taken.isMarked()).isTrue();
    }

    @Test
    void aSignInOfSomebodyElseInTheTabIsNotTheProof() {
        begun();
        FakeUser lee = taken.server.with(taken.realm, new FakeUser("user-lee", "lee", "lee@example.org").unverified());
        lee.credential("password-lee", "password");
        Event login = taken.event(EventType.LOGIN);
        login.setUserId("user-lee");
        FakeSession session = taken.request(taken.tab);
        taken.tab.user(lee.model());

        new FirstProofListener(session.model(), taken.time).onEvent(login);

        assertThat(lee.credentials()).containsExactly("password-lee");
        assertThat(taken.kim.credentials()).contains("password-1");
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {"UPDATE_PROFILE", "CODE_TO_TOKEN", "LOGIN_ERROR", "EXECUTE_ACTION_TOKEN", "UPDATE_CREDENTIAL"})
    void whatHappensOnTheWayIsNotTheProof(EventType type) {
        begun();

        taken.happens(taken.tab, taken.event(type));

        assertThat(taken.kim.credentials()).contains("password-1");
        assertThat(taken.kim.isVerified()).isFalse();
    }

    @Test
    void whatIsSetUpOnTheWayStays() {
        begun();
        taken.kim.credential("passkey-old", "webauthn-passwordless").setCreatedDate(1L);
        taken.kim.credential("passkey-new", "webauthn-passwordless").setCreatedDate(2L);
        taken.links.add(new FederatedIdentityModel("elsewhere", "7", "kim"));

        taken.happens(taken.tab, taken.event(EventType.UPDATE_CREDENTIAL, "credential_type", "webauthn-passwordless"));
        taken.happens(taken.tab, taken.event(EventType.FEDERATED_IDENTITY_LINK, "identity_provider", "elsewhere"));
        taken.signsIn(taken.tab);

        assertThat(taken.kim.credentials()).containsExactly("otp-1", "passkey-new");
        assertThat(taken.links).hasSize(1);
    }

    @Test
    void whatIsSetUpElsewhereMeanwhileGoes() {
        begun();
        taken.kim.credential("passkey-1", "webauthn-passwordless");

        taken.happens(
                taken.elsewhere, taken.event(EventType.UPDATE_CREDENTIAL, "credential_type", "webauthn-passwordless"));
        taken.signsIn(taken.tab);

        assertThat(taken.kim.credentials()).containsExactly("otp-1");
    }

    @Test
    void aProofThatAnotherTabCompletedFirstIsNotRepeated() {
        begun();
        taken.time.pass(Duration.ofMinutes(1));
        Unproven.proved(taken.kim.model(), taken.time.instant());
        taken.kim.credential("password-2", "password");

        taken.signsIn(taken.tab);

        assertThat(taken.kim.credentials()).contains("password-2");
    }

    @Test
    void keycloaksOwnProofOnTheWayDoesNotMakeItLess() {
        begun();
        taken.kim.model().setEmailVerified(true);
        taken.happens(taken.tab, taken.event(EventType.VERIFY_EMAIL));

        taken.signsIn(taken.tab);

        assertThat(taken.kim.credentials()).containsExactly("otp-1");
    }

    @Test
    void aSignInThatBeganBeforeTheProofIsKeptOut() {
        Instant proved = taken.time.instant();
        Unproven.proved(taken.kim.model(), proved);
        TakenAccount.completed(taken.elsewhere, proved.minusSeconds(60));

        FakeSession session = taken.signsIn(taken.elsewhere);

        assertThat(session.transactions().getRollbackOnly()).isTrue();
        assertThat(taken.server.events()).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo(EventType.LOGIN_ERROR);
            assertThat(event.getDetails()).containsEntry("gatehouse_reason", "before_first_proof");
        });
    }

    @Test
    void whatTheOwnerOfAnAccountWritesOverTheMarkIsUndone() {
        taken.kim.attributes().remove(Unproven.MARK);

        taken.happens(taken.tab, taken.event(EventType.UPDATE_PROFILE, "previous_gatehouse.unproven", "then"));

        assertThat(taken.kim.attributes()).containsEntry(Unproven.MARK, "then");
    }

    @Test
    void anAdministratorWhoVerifiesAnAddressTakesTheMarkAway() {
        FakeSession session = taken.server.request(taken.realm);
        AdminEvent event = new AdminEvent();
        event.setRealmId("realm-1");
        event.setResourceType(ResourceType.USER);
        event.setOperationType(OperationType.UPDATE);
        event.setResourcePath("users/user-kim");
        FirstProofListener listener = new FirstProofListener(session.model(), taken.time);

        listener.onEvent(event, false);
        assertThat(taken.isMarked()).isTrue();

        taken.kim.model().setEmailVerified(true);
        event.setResourcePath("users/user-nobody");
        listener.onEvent(event, false);
        event.setResourceType(ResourceType.CLIENT);
        event.setResourcePath("users/user-kim");
        listener.onEvent(event, false);
        assertThat(taken.isMarked()).isTrue();

        event.setResourceType(ResourceType.USER);
        event.setResourcePath("users/user-kim/execute-actions-email");
        listener.onEvent(event, false);
        assertThat(taken.isMarked()).isFalse();
    }

    @Test
    void aRealmThatDoesNotSwitchItOnMarksNobody() {
        taken.kim.attributes().clear();
        taken.realm.attribute("gatehouse.firstProof", "false");

        taken.happens(taken.tab, taken.event(EventType.REGISTER));

        assertThat(taken.isMarked()).isFalse();
    }

    @Test
    void eventsOfAnotherRealmOrOfNobodyAreNotHeard() {
        taken.kim.attributes().clear();
        Event other = taken.event(EventType.REGISTER);
        other.setRealmId("realm-2");
        Event nobodys = taken.event(EventType.REGISTER);
        nobodys.setUserId(null);
        Event gone = taken.event(EventType.REGISTER);
        gone.setUserId("user-gone");

        taken.happens(taken.tab, other);
        taken.happens(taken.tab, nobodys);
        taken.happens(taken.tab, gone);

        assertThat(taken.isMarked()).isFalse();
    }

    @Test
    void itHearsAllRealms() {
        FirstProofListenerFactory factory = new FirstProofListenerFactory();

        assertThat(factory.isGlobal()).isTrue();
        assertThat(factory.getId()).isEqualTo("gatehouse-first-proof");
    }
}
