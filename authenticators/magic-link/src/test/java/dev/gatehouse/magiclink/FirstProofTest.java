// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.Event;
import org.keycloak.models.UserModel;

import static org.assertj.core.api.Assertions.assertThat;

class FirstProofTest {

    private final TakenAccount taken = new TakenAccount();

    @Test
    void withoutASecondFactorTheProofIsCompleteAtOnce() {
        taken.kim.requiredActions().add(UserModel.RequiredAction.VERIFY_EMAIL.name());
        taken.tab.requiredActions().add(UserModel.RequiredAction.VERIFY_EMAIL.name());

        assertThat(taken.begins()).isTrue();

        assertThat(taken.kim.credentials()).isEmpty();
        assertThat(taken.kim.isVerified()).isTrue();
        assertThat(taken.isMarked()).isFalse();
        assertThat(Unproven.provedAt(taken.kim.model())).contains(taken.time.instant());
        assertThat(taken.kim.requiredActions()).isEmpty();
        assertThat(taken.tab.requiredActions()).isEmpty();
        Event event = taken.proofs().get(0);
        assertThat(event.getUserId()).isEqualTo("user-kim");
        assertThat(event.getClientId()).isEqualTo("app");
        assertThat(event.getDetails())
                .containsEntry("gatehouse_method", "magic_link")
                .containsEntry("gatehouse_first_proof", "true")
                .containsEntry("gatehouse_removed", "password")
                .containsEntry("code_id", "session-1");
        assertThat(taken.queue.jobs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"otp", "recovery-authn-codes", "webauthn", "of-somebody-elses-extension"})
    void withASecondFactorNothingChangesUntilTheSignInIsOver(String type) {
        taken.kim.credential("second-1", type);

        assertThat(taken.begins()).isTrue();

        assertThat(taken.kim.credentials()).containsExactly("password-1", "second-1");
        assertThat(taken.kim.isVerified()).isFalse();
        assertThat(taken.isMarked()).isTrue();
        assertThat(taken.proofs()).isEmpty();
        assertThat(taken.queue.jobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password-history", "webauthn-passwordless"})
    void firstFactorsAreNoReasonToWait(String type) {
        taken.kim.credential("first-1", type);

        taken.begins();

        assertThat(taken.kim.credentials()).isEmpty();
    }

    @Test
    void whereNothingHadToBeRemovedThereIsAnEventAndNoMail() {
        taken.kim.model().credentialManager().removeStoredCredentialById("password-1");

        taken.begins();

        assertThat(taken.proofs()).singleElement().satisfies(event -> assertThat(event.getDetails())
                .doesNotContainKey("gatehouse_removed"));
        assertThat(taken.queue.jobs()).isEmpty();
    }

    @Test
    void anAccountWithoutTheMarkHasNothingToProve() {
        taken.kim.attributes().clear();

        assertThat(FirstProof.isMarked(taken.realm.model(), taken.kim.model())).isFalse();
        assertThat(taken.begins()).isFalse();
        assertThat(taken.kim.credentials()).containsExactly("password-1");
        assertThat(taken.kim.isVerified()).as("that is for the step to say").isFalse();
    }

    @Test
    void unlessTheRealmMeansAllUnverifiedAccounts() {
        taken.kim.attributes().clear();
        taken.realm.attribute("gatehouse.firstProof.all", "true");

        assertThat(FirstProof.isMarked(taken.realm.model(), taken.kim.model()))
                .as("it lets nobody in")
                .isFalse();
        assertThat(taken.begins()).isTrue();
        assertThat(taken.kim.credentials()).isEmpty();
    }

    @Test
    void aVerifiedAddressHasNothingToProveWhateverTheMarkSays() {
        taken.realm.attribute("gatehouse.firstProof.all", "true");
        taken.kim.model().setEmailVerified(true);

        assertThat(taken.begins()).isFalse();
        assertThat(taken.kim.credentials()).containsExactly("password-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "", "yes"})
    void aRealmThatDoesNotSwitchItOnTakesNothing(String value) {
        taken.realm.attribute("gatehouse.firstProof", value).attribute("gatehouse.firstProof.all", "true");

        assertThat(FirstProof.isMarked(taken.realm.model(), taken.kim.model())).isFalse();
        assertThat(taken.begins()).isFalse();
        assertThat(taken.kim.credentials()).isEqualTo(List.of("password-1"));
    }
}
