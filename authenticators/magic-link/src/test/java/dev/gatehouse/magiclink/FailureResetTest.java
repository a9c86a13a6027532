// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.Stub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserLoginFailureProvider;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.AuthenticationSessionProvider;
import org.keycloak.sessions.RootAuthenticationSessionModel;

import static org.assertj.core.api.Assertions.assertThat;

class FailureResetTest {

    private final Journey journey = new Journey();
    private final List<String> cleared = new ArrayList<>();

    private RecordingFlowContext finishes() {
        journey.locks(false, false);
        RecordingFlowContext context = journey.request();
        FailureReset.afterSignIn(context.model(), journey.kim.model());
        return context;
    }

    /** The session that the login with id {@code root-1} ended in. */
    private void signedIn(@Nullable FakeUser user) {
        signedIn(user, Map.of());
    }

    private void signedIn(@Nullable FakeUser user, Map<String, AuthenticationSessionModel> open) {
        journey.server.everySession(session -> session.is(
                        "sessions",
                        Stub.of(UserSessionProvider.class)
                                .on(
                                        "getUserSession",
                                        call -> user != null && call.text(1).equals("root-1")
                                                ? Stub.of(UserSessionModel.class)
                                                        .is("getUser", user.model())
                                                        .get()
                                                : null)
                                .get())
                .is(
                        "authenticationSessions",
                        Stub.of(AuthenticationSessionProvider.class)
                                .on("getRootAuthenticationSession", call -> Stub.of(
                                                RootAuthenticationSessionModel.class)
                                        .is("getAuthenticationSessions", open)
                                        .get())
                                .get())
                .is(
                        "loginFailures",
                        Stub.of(UserLoginFailureProvider.class)
                                .on("removeUserLoginFailure", call -> cleared.add(call.text(1)))
                                .get()));
    }

    @Test
    void aRequestThatEndedInTheUsersSessionClearsTheCounter() {
        signedIn(journey.kim);
        finishes().session().transactions().commit();

        assertThat(cleared).containsExactly("user-kim");
    }

    @Test
    void aLoginThatStillWaitsForASecondFactorClearsNothing() {
        signedIn(null);
        finishes().session().transactions().commit();

        assertThat(cleared).isEmpty();
    }

    @Test
    void aNewLoginOfALivingSessionThatStillWaitsForASecondFactorClearsNothing() {
        signedIn(journey.kim, Map.of("tab-1", journey.tab.model()));
        finishes().session().transactions().commit();

        assertThat(cleared).isEmpty();
    }

    @Test
    void aSessionOfSomebodyElseClearsNothing() {
        signedIn(new FakeUser("user-eve", "eve", null));
        finishes().session().transactions().commit();

        assertThat(cleared).isEmpty();
    }

    @Test
    void aRequestThatFailedClearsNothing() {
        signedIn(journey.kim);
        finishes().session().transactions().rollback();

        assertThat(cleared).isEmpty();
    }

    @Test
    void inARealmThatIsGoneNothingIsCleared() {
        signedIn(journey.kim);
        RecordingFlowContext context = finishes();
        journey.server.delete(journey.realm);
        context.session().transactions().commit();

        assertThat(cleared).isEmpty();
    }
}
