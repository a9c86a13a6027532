// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.keycloak.events.Details;
import org.keycloak.models.FederatedIdentityModel;

import static org.assertj.core.api.Assertions.assertThat;

class FirstProofGuardTest {

    private final TakenAccount taken = new TakenAccount();
    private final Instant proved = taken.time.instant();

    private boolean keepsOut() {
        return new FirstProofGuard(taken.server.request(taken.realm).model(), taken.realm.model())
                .isOutdated(taken.elsewhere.model(), taken.kim.model());
    }

    private void proved() {
        Unproven.proved(taken.kim.model(), proved);
    }

    @Test
    void withoutAProofNothingIsOutdated() {
        TakenAccount.completed(taken.elsewhere, proved.minusSeconds(60));

        assertThat(keepsOut()).isFalse();
    }

    @Test
    void aStepBeforeTheProofOrInTheSameSecondIsOutdated() {
        proved();

        TakenAccount.completed(taken.elsewhere, proved.minusSeconds(1));
        assertThat(keepsOut()).isTrue();
        TakenAccount.completed(taken.elsewhere, proved);
        assertThat(keepsOut()).isTrue();
        TakenAccount.completed(taken.elsewhere, proved.plusSeconds(1));
        assertThat(keepsOut()).isFalse();
    }

    @Test
    void aLaterStepDoesNotHelpAnEarlierOne() {
        proved();
        taken.elsewhere
                .userSessionNotes()
                .put(
                        "authenticators-completed",
                        "{\"password\":" + (proved.getEpochSecond() - 9) + ",\"otp\":" + (proved.getEpochSecond() + 9)
                                + "}");

        assertThat(keepsOut()).isTrue();
    }

    @Test
    void theSignInThatIsTheProofIsNotOutdated() {
        proved();
        TakenAccount.completed(taken.elsewhere, proved.minusSeconds(5));
        new FirstProofTab(taken.elsewhere.model()).proved(taken.kim.model(), null);

        assertThat(keepsOut()).isFalse();
    }

    @Test
    void aSignInWhoseOwnMailWasProvedAfterTheProofIsNotOutdatedWithinTheSameSecondEither() {
        proved();
        TakenAccount.completed(taken.elsewhere, proved);
        FirstProofTab tab = new FirstProofTab(taken.elsewhere.model());

        tab.provedMail(taken.kim.model(), proved.minusMillis(1));
        assertThat(keepsOut()).isTrue();
        tab.provedMail(taken.kim.model(), proved.plusMillis(1));
        assertThat(keepsOut()).isFalse();
    }

    @Test
    void aBrowserThatIsSignedInSinceTheProofGoesOn() {
        proved();
        TakenAccount.completed(taken.elsewhere, proved.minusSeconds(5));
        var signedIn = taken.session("session-2");
        taken.sessions.add(signedIn);
        assertThat(keepsOut()).isTrue();

        new FirstProofTab(taken.tab.model()).proved(taken.kim.model(), signedIn);
        assertThat(keepsOut()).isFalse();
    }

    @Test
    void aTabThatWaitsForTheSecondFactorAfterItsOwnMailIsNotOutdated() {
        proved();
        TakenAccount.completed(taken.elsewhere, proved.minusSeconds(5));
        new FirstProofTab(taken.elsewhere.model()).await(taken.kim.model(), proved.minusSeconds(5));

        assertThat(keepsOut()).isFalse();
    }

    @Test
    void aSignInByABrokerIsOutdatedOnceItsLinkIsGone() {
        proved();
        taken.elsewhere.userSessionNotes().put(Details.IDENTITY_PROVIDER, "elsewhere");
        assertThat(keepsOut()).isTrue();

        taken.links.add(new FederatedIdentityModel("elsewhere", "7", "kim"));
        assertThat(keepsOut()).isFalse();
    }

    @Test
    void aTabOfWhichNothingIsKnownIsLeftAlone() {
        proved();

        assertThat(keepsOut()).isFalse();
    }
}
