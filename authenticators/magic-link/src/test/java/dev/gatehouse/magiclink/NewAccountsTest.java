// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.Stub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.UserProfile;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;

import static org.assertj.core.api.Assertions.assertThat;

class NewAccountsTest {

    private static final String ADDRESS = "kim@example.org";

    private final MovedTime time = new MovedTime();
    private final FakeRealm realm = new FakeRealm("realm-1", "shop").registration(true);
    private final FakeServer server = new FakeServer(time).with(realm);
    private final FakeTab tab = new FakeLogin("root-1").tab("tab-1", realm.client("client-uuid", "app", "The App"));
    private final RecordingFlowContext context =
            new RecordingFlowContext(server.request(realm), realm, tab, realm.step("execution-1", "any"));
    private final Set<String> wrong = new HashSet<>();
    private boolean readOnly;
    private @Nullable ModelDuplicateException duplicate;

    NewAccountsTest() {
        server.provide(
                UserProfileProvider.class,
                null,
                Stub.of(UserProfileProvider.class)
                        .on("create", call -> {
                            assertThat(call.get(0)).isEqualTo(UserProfileContext.REGISTRATION);
                            return profile((Map<?, ?>) call.get(1));
                        })
                        .get());
    }

    private UserProfile profile(Map<?, ?> values) {
        Attributes attributes = Stub.of(Attributes.class)
                .on("isReadOnly", call -> readOnly && call.text(0).equals(UserModel.EMAIL))
                .on("validate", call -> !wrong.contains(call.text(0)))
                .get();
        return Stub.of(UserProfile.class)
                .is("getAttributes", attributes)
                .on("create", call -> {
                    assertThat(call.get(0)).as("what else the profile requires").isEqualTo(false);
                    if (duplicate != null) {
                        throw duplicate;
                    }
                    FakeUser made =
                            new FakeUser("user-new", first(values, UserModel.USERNAME), first(values, UserModel.EMAIL));
                    return server.with(realm, made.unverified().disabled()).model();
                })
                .get();
    }

    private static String first(Map<?, ?> values, String name) {
        List<?> all = (List<?>) Objects.requireNonNull(values.get(name));
        return (String) all.get(0);
    }

    private NewAccounts accounts() {
        KeycloakSession session = context.session().model();
        return new NewAccounts(session, realm.model());
    }

    private Optional<UserModel> create() {
        return accounts().create(context.model(), ADDRESS);
    }

    @Test
    void anAddressThatIsNobodysMayBecomeAnAccount() {
        assertThat(accounts().mayBeCreated(ADDRESS)).isTrue();
    }

    @Test
    void notWhereNobodyMayRegister() {
        realm.registration(false);

        assertThat(accounts().mayBeCreated(ADDRESS)).isFalse();
        assertThat(create()).isEmpty();
    }

    @Test
    void notTheAddressOrTheNameOfSomebody() {
        server.with(realm, new FakeUser("user-1", "lee", ADDRESS));
        server.with(realm, new FakeUser("user-2", "name@example.org", null));

        assertThat(accounts().mayBeCreated(ADDRESS)).isFalse();
        assertThat(accounts().mayBeCreated("name@example.org")).isFalse();
        assertThat(create()).isEmpty();
    }

    @Test
    void notTheAddressOfSeveral() {
        server.users().on("getUserByEmail", call -> {
            throw new ModelDuplicateException("several");
        });

        assertThat(accounts().mayBeCreated(ADDRESS)).isFalse();
    }

    @Test
    void notWhatTheProfileRefusesOrDoesNotLetPeopleWrite() {
        wrong.add(UserModel.EMAIL);
        assertThat(accounts().mayBeCreated(ADDRESS)).isFalse();

        wrong.clear();
        wrong.add(UserModel.USERNAME);
        assertThat(accounts().mayBeCreated(ADDRESS)).isFalse();

        wrong.clear();
        readOnly = true;
        assertThat(accounts().mayBeCreated(ADDRESS)).isFalse();
    }

    @Test
    void whatElseTheProfileRequiresIsNotAskedHere() {
        wrong.add(UserModel.LAST_NAME);

        assertThat(create()).isPresent();
    }

    @Test
    void theNewAccountIsVerifiedAndNamedByItsAddress() {
        UserModel user = create().orElseThrow();

        assertThat(user.getUsername()).isEqualTo(ADDRESS);
        assertThat(user.getEmail()).isEqualTo(ADDRESS);
        assertThat(user.isEnabled()).isTrue();
        assertThat(user.isEmailVerified()).isTrue();
        assertThat(user.getFirstAttribute(UserModel.LOCALE)).isNull();
        assertThat(user.getFirstAttribute(Unproven.MARK)).isNull();
    }

    @Test
    void itSpeaksTheLanguageOfThePage() {
        realm.international();

        assertThat(create().orElseThrow().getFirstAttribute(UserModel.LOCALE)).isEqualTo("de");
    }

    @Test
    void theAuditLogTellsAndTheFlowsOwnEventStaysWhatItIs() {
        context.event().detail("code_id", "root-1");

        create();

        assertThat(server.events()).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo(EventType.REGISTER);
            assertThat(event.getUserId()).isEqualTo("user-new");
            assertThat(event.getClientId()).isEqualTo("app");
            assertThat(event.getIpAddress()).isEqualTo("192.0.2.7");
            assertThat(event.getDetails())
                    .containsEntry("register_method", "magic_link")
                    .containsEntry("code_id", "root-1");
        });
        Event login = context.event().getEvent();
        assertThat(login.getType()).isEqualTo(EventType.LOGIN);
        assertThat(login.getUserId()).isNull();
        assertThat(login.getDetails()).doesNotContainKey("register_method");
    }

    @Test
    void whoeverIsSlowerGetsNone() {
        duplicate = new ModelDuplicateException("made meanwhile");

        assertThat(create()).isEmpty();
        assertThat(context.session().transactions().getRollbackOnly())
                .as("the request can still answer")
                .isFalse();
        assertThat(server.events()).isEmpty();
    }
}
