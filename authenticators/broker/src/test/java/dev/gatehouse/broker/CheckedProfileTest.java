// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.Stub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.userprofile.UserProfile;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.ValidationException.ValidationExceptionBuilder;
import org.keycloak.validate.ValidationError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckedProfileTest {

    private final FakeRealm shop = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(shop);
    private final FakeUser pat = server.with(shop, new FakeUser("user-1", "pat", "pat@people.example"));
    private final BrokeredIdentityContext identity = new BrokeredIdentityContext("sub-1", provider());
    /** What the profile was asked about; empty if it was not. */
    private final Map<String, List<String>> asked = new HashMap<>();

    private boolean isKnown = true;
    private List<String> refused = List.of();

    CheckedProfileTest() {
        server.users().on("getUserByFederatedIdentity", call -> {
            FederatedIdentityModel link = (FederatedIdentityModel) call.get(1);
            return isKnown
                            && link.getIdentityProvider().equals("google")
                            && link.getUserId().equals("sub-1")
                    ? pat.model()
                    : null;
        });
        server.provide(
                UserProfileProvider.class,
                null,
                Stub.of(UserProfileProvider.class)
                        .on("create", call -> {
                            assertThat(call.get(0)).isEqualTo(UserProfileContext.USER_API);
                            assertThat(call.get(2)).isSameAs(pat.model());
                            ((Map<?, ?>) call.get(1))
                                    .forEach((name, values) -> asked.put((String) name, texts(values)));
                            return profile();
                        })
                        .get());
        identity.setUsername("pat-there");
        identity.setEmail("new@people.example");
        identity.setFirstName("Pat");
        identity.setLastName("Person");
    }

    private static List<String> texts(@Nullable Object values) {
        return values instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    private static IdentityProviderModel provider() {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias("google");
        provider.setEnabled(true);
        return provider;
    }

    private UserProfile profile() {
        return Stub.of(UserProfile.class)
                .on("validate", call -> {
                    if (!refused.isEmpty()) {
                        ValidationExceptionBuilder errors = new ValidationExceptionBuilder();
                        refused.forEach(name -> errors.accept(new ValidationError("a validator", name, "no-" + name)));
                        throw errors.build();
                    }
                    return null;
                })
                .get();
    }

    private void check() {
        new CheckedProfile(server.request(shop).model(), shop.model(), identity).check();
    }

    @Test
    void whatTheProfileAcceptsIsTakenOver() {
        check();

        assertThat(asked)
                .containsOnly(
                        Map.entry("username", List.of("pat")),
                        Map.entry("email", List.of("new@people.example")),
                        Map.entry("firstName", List.of("Pat")),
                        Map.entry("lastName", List.of("Person")));
        assertThat(identity.getEmail()).isEqualTo("new@people.example");
        assertThat(identity.getFirstName()).isEqualTo("Pat");
        assertThat(identity.getLastName()).isEqualTo("Person");
        assertThat(identity.getUsername()).isEqualTo("pat-there");
    }

    @Test
    void whatItDoesNotAcceptIsLeftOutAndNothingElse() {
        refused = List.of("email", "nickname");
        check();
        assertThat(identity.getEmail()).isNull();
        assertThat(identity.getFirstName()).isEqualTo("Pat");
        refused = List.of("firstName");
        check();
        assertThat(identity.getFirstName()).isNull();
        assertThat(identity.getLastName()).isEqualTo("Person");
        refused = Arrays.asList("lastName", "username");
        check();
        assertThat(identity.getLastName()).isNull();
        assertThat(identity.getUsername()).isEqualTo("pat-there");
    }

    @Test
    void whatTheProviderDoesNotSayIsNotAskedAbout() {
        identity.setEmail(null);
        identity.setFirstName(null);

        check();

        assertThat(asked).containsOnlyKeys("username", "lastName");
    }

    @Test
    void atTheFirstSignInThePersonCorrectsIt() {
        isKnown = false;
        refused = List.of("email");

        check();

        assertThat(asked).isEmpty();
        assertThat(identity.getEmail()).isEqualTo("new@people.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0007b", "a\r\nb", "LONG"})
    void aUsernameThatCannotBeKeptIsAsIfThereWereNone(String name) {
        identity.setUsername(name.equals("LONG") ? "u".repeat(256) : name);

        check();

        assertThat(identity.getUsername()).isEqualTo("sub-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "LONG"})
    void anIdentifierThatCannotBeKeptIsRefusedInWords(String id) {
        identity.setId(id.equals("LONG") ? "s".repeat(256) : id);

        assertThatThrownBy(this::check)
                .isInstanceOfSatisfying(IdentityBrokerException.class, e -> assertThat(e.getMessageCode())
                        .isEqualTo("gatehouseBrokerFailed"))
                .hasMessageNotContaining("sss");
        assertThat(asked).isEmpty();
    }

    @Test
    void theLongestThatCanBeKeptIsKept() {
        identity.setUsername("u".repeat(255));

        check();

        assertThat(identity.getUsername()).hasSize(255);
    }
}
