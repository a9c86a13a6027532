// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.Map;

import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;

import static org.assertj.core.api.Assertions.assertThat;

class LimitedIdpUsernamePasswordFormTest {

    private final Door door = new Door();

    @BeforeEach
    void somebodyComesFromElsewhereAndHasAnAccount() {
        IdentityProviderModel other = new IdentityProviderModel();
        other.setAlias("other");
        door.server.everySession(session -> session.is(
                "identityProviders",
                Stub.of(IdentityProviderStorageProvider.class)
                        .is("getByAlias", other)
                        .get()));
        door.tab.notes().put("BROKERED_CONTEXT", "{\"identityProviderId\":\"other\"}");
        existing("user-alice");
    }

    private void existing(String userId) {
        door.tab.notes().put("EXISTING_USER_INFO", "{\"existingUserId\":\"" + userId + "\"}");
    }

    private RecordingFlowContext guesses(String name, String password) {
        return door.posts(LimitedIdpUsernamePasswordForm::new, Map.of("username", name, "password", password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "bob", "nobody", ""})
    void triesCountAtTheAccountThatIsThereWhateverIsTyped(String typed) {
        guesses(typed, "wrong");

        assertThat(door.order).startsWith("asked");
        assertThat(door.limiter.onlyAttempt())
                .isEqualTo(Attempt.at("login", LimitRule.LOGIN_ADDRESS, LimitRule.LOGIN_NAME)
                        .naming("alice"));
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "user-dora"})
    void withoutSuchAnAccountTheyCountAtWhatIsTyped(String userId) {
        existing(userId);

        guesses("alice", "wrong");

        assertThat(door.limiter.onlyAttempt().name()).isEqualTo("alice");
    }

    @Test
    void aRightPasswordGivesThePermitBack() {
        assertThat(guesses("alice", Door.PASSWORD).ended().call()).isEqualTo("success");
        assertThat(door.limiter.givenBack()).hasSize(1);
    }

    @Test
    void aRefusalIsTheSameFormWithTheNameOfTheAccount() {
        door.forbidLookingForAccounts();
        door.limiter.refuses("login-name", Duration.ofSeconds(30));

        RecordingFlowContext context = guesses("bob", Door.PASSWORD);

        assertThat(context.ended().call()).isEqualTo("forceChallenge");
        assertThat(context.ended().answer().getStatus()).isEqualTo(429);
        assertThat(context.ended().shown().template()).isEqualTo("login.ftl");
        assertThat(context.ended().shown().errorKeys()).containsExactly("gatehouseLimitSeconds");
        assertThat(context.formCalls())
                .anySatisfy(call -> assertThat(call).startsWith("setFormData").contains("username=[alice]"));
        // The sentence about the account comes first: one about the limit that is set before it would be lost.
        assertThat(context.formCalls().indexOf("setInfo[federatedIdentityConfirmReauthenticateMessage, [other]]"))
                .isBetween(0, context.formCalls().indexOf("setError[gatehouseLimitSeconds, [30]]"));
    }

    @Test
    void whoeverTurnsBackIsNotCounted() {
        RecordingFlowContext context =
                door.posts(LimitedIdpUsernamePasswordForm::new, Map.of("cancel", "", "password", "x"));

        assertThat(context.ended().call()).isEqualTo("cancelLogin");
        assertThat(door.order).isEmpty();
    }
}
