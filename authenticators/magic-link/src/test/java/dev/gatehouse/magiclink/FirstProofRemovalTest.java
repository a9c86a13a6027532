// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.ArrayList;
import java.util.List;

import dev.gatehouse.magiclink.FirstProofRemoval.Kind;
import org.junit.jupiter.api.Test;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.UserModel;

import static org.assertj.core.api.Assertions.assertThat;

class FirstProofRemovalTest {

    private final TakenAccount taken = new TakenAccount();
    private final FirstProofTab tab = new FirstProofTab(taken.tab.model());
    private final List<String> ended = new ArrayList<>();

    private List<Kind> removes() {
        return new FirstProofRemoval(
                        taken.server.request(taken.realm).model(),
                        taken.realm.model(),
                        taken.kim.model(),
                        (session, signedIn) -> ended.add(signedIn.getId()))
                .removeAllBut(tab);
    }

    @Test
    void whatOpensTheAccountGoes() {
        taken.kim.credential("history-1", "password-history");
        taken.kim.credential("key-1", "webauthn");
        taken.kim.credential("passkey-1", "webauthn-passwordless");
        taken.links.add(new FederatedIdentityModel("elsewhere", "42", "thief"));
        taken.consents.add(taken.shop);
        taken.sessions.add(taken.session("session-2"));
        taken.offline.add(taken.session("session-3"));
        taken.kim.attributes().put(UserModel.EMAIL_PENDING, "thief@example.org");

        assertThat(removes())
                .containsExactly(
                        Kind.PASSWORD, Kind.PASSKEY, Kind.BROKER_LINK, Kind.EMAIL_CHANGE, Kind.CONSENT, Kind.SESSION);
        assertThat(taken.kim.credentials()).isEmpty();
        assertThat(taken.links).isEmpty();
        assertThat(taken.consents).isEmpty();
        assertThat(taken.kim.attributes()).doesNotContainKey(UserModel.EMAIL_PENDING);
        assertThat(ended).containsExactly("session-2", "session-3");
    }

    @Test
    void secondFactorsAndWhatNobodyKnowsStay() {
        taken.kim.credential("otp-1", "otp");
        taken.kim.credential("codes-1", "recovery-authn-codes");
        taken.kim.credential("other-1", "of-somebody-elses-extension");

        assertThat(removes()).containsExactly(Kind.PASSWORD);
        assertThat(taken.kim.credentials()).containsExactly("otp-1", "codes-1", "other-1");
    }

    @Test
    void theSignInSparesItselfAndItsClient() {
        taken.consents.add(taken.app);
        taken.sessions.add(taken.session("session-1"));

        assertThat(removes()).containsExactly(Kind.PASSWORD);
        assertThat(ended).isEmpty();
        assertThat(taken.consents).containsExactly(taken.app);
    }

    @Test
    void anOfflineSessionIsNeverOfTheSignInThatIsJustOver() {
        taken.offline.add(taken.session("session-1"));

        assertThat(removes()).contains(Kind.SESSION);
        assertThat(ended).containsExactly("session-1");
    }

    @Test
    void whatTheSignInMadeItselfIsSpared() {
        FederatedIdentityModel own = new FederatedIdentityModel("elsewhere", "7", "kim");
        taken.links.add(own);
        taken.links.add(new FederatedIdentityModel("other", "7", "kim"));
        tab.made(own);
        tab.made(taken.kim.credential("passkey-1", "webauthn-passwordless"));
        taken.kim.credential("passkey-2", "webauthn-passwordless");

        removes();

        assertThat(taken.links).containsExactly(own);
        assertThat(taken.kim.credentials()).containsExactly("passkey-1");
    }

    @Test
    void aPasswordThatSomebodyChangedAfterwardsIsNotTheOneThatTheSignInMade() {
        var password = taken.kim.credential("password-2", "password");
        tab.made(password);
        password.setSecretData("of the thief, under the same id");

        removes();

        assertThat(taken.kim.credentials()).isEmpty();
    }

    @Test
    void anAccountThatHasNothingLosesNothing() {
        taken.kim.model().credentialManager().removeStoredCredentialById("password-1");

        assertThat(removes()).isEmpty();
    }
}
