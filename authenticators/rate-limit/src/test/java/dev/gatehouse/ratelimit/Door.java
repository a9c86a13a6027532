// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeSession;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.RecordingLimiter;
import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.limit.Limiter;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.Authenticator;
import org.keycloak.common.Profile;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.events.Event;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** A realm with some accounts, one tab of one browser, one step in a flow, and a limiter that a test commands. */
final class Door {

    static final String PASSWORD = "right";

    final FakeRealm realm = new FakeRealm("realm-1", "shop");
    final FakeServer server = new FakeServer(new MovedTime()).with(realm);
    final FakeUser alice =
            server.with(realm, new FakeUser("user-alice", "alice", "alice@example.org").password(PASSWORD));
    final FakeUser disabled = server.with(
            realm, new FakeUser("user-dora", "dora", null).password(PASSWORD).disabled());
    final FakeUser withoutPassword = server.with(realm, new FakeUser("user-bob", "bob", null));
    final AuthenticationExecutionModel step = realm.step("execution-1", "gatehouse-thing");
    final FakeTab tab = new FakeLogin("root-1").tab("tab-1", realm.client("client-uuid", "app", "The App"));
    /** What happened, in its order: "asked", "looked up" and "hashed". */
    final List<String> order = new ArrayList<>();

    final RecordingLimiter limiter = new RecordingLimiter().whenAsked(() -> order.add("asked"));

    private final List<FakeUser> accounts = List.of(alice, disabled, withoutPassword);

    Door() {
        Profile.defaults();
        server.provide(Limiter.class, null, limiter);
        server.provide(
                PasswordHashProvider.class,
                null,
                Stub.of(PasswordHashProvider.class)
                        .on("encodedCredential", call -> {
                            order.add("hashed");
                            return null;
                        })
                        .get());
        server.provide(
                BruteForceProtector.class,
                null,
                Stub.of(BruteForceProtector.class)
                        .is("isPermanentlyLockedOut", false)
                        .is("isTemporarilyDisabled", true)
                        .get());
        server.users()
                .on("getUserByUsername", call -> lookedUp(call.text(1)))
                .on("getUserByEmail", call -> lookedUp(call.text(1)));
    }

    private @Nullable UserModel lookedUp(String name) {
        order.add("looked up");
        return accounts.stream()
                .filter(user ->
                        name.equalsIgnoreCase(user.model().getUsername()) || name.equalsIgnoreCase(user.email()))
                .findFirst()
                .map(FakeUser::model)
                .orElse(null);
    }

    /** Makes every look for an account a mistake. */
    void forbidLookingForAccounts() {
        server.users().on("getUserByUsername", call -> forbidden()).on("getUserByEmail", call -> forbidden());
    }

    private static Object forbidden() {
        throw new AssertionError("an account was looked for");
    }

    /** Makes every name the name of several accounts. */
    void everyNameIsTaken(String field) {
        server.users().on("getUserByUsername", call -> {
            order.add("looked up");
            throw new ModelDuplicateException("several", field);
        });
    }

    /** Keycloak's protection against brute force locks every account for a while. */
    void locks() {
        realm.bruteForceProtected();
    }

    static StepRates rates(Setting<?>... settings) {
        return new StepRates(List.of(settings));
    }

    static StepRates formRates() {
        return rates(StepRates.ADDRESS, StepRates.NAME);
    }

    /** One request to the step; {@code make} makes it, as its factory does for every request. */
    RecordingFlowContext posts(BiFunction<KeycloakSession, StepRates, Authenticator> make, Map<String, String> form) {
        RecordingFlowContext context = request().posting(form);
        make.apply(context.session().model(), formRates()).action(context.model());
        return context;
    }

    /** The step is reached by the flow. */
    RecordingFlowContext reaches(BiFunction<KeycloakSession, StepRates, Authenticator> make) {
        RecordingFlowContext context = request();
        make.apply(context.session().model(), formRates()).authenticate(context.model());
        return context;
    }

    RecordingFlowContext request() {
        FakeSession session = server.request(realm);
        session.model().getContext().setAuthenticationSession(tab.model());
        return new RecordingFlowContext(session, realm, tab, step);
    }

    List<Event> events() {
        return server.events();
    }

    Event onlyEvent() {
        if (events().size() != 1) {
            throw new AssertionError("not one event but " + events().size());
        }
        return events().get(0);
    }
}
