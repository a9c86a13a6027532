// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.device;

import java.util.HashMap;
import java.util.Map;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.Stub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.services.managers.AuthenticationManager;

import static org.assertj.core.api.Assertions.assertThat;

class DeviceMarkListenerTest {

    private final FakeRealm realm = new FakeRealm("realm-1", "shop").attribute("gatehouse.deviceMarks", "true");
    private final FakeRealm other = new FakeRealm("realm-2", "club").attribute("gatehouse.deviceMarks", "true");
    private final FakeServer server =
            new FakeServer(new MovedTime()).with(realm).with(other);
    private final FakeUser kim = new FakeUser("user-1", "kim", "kim@example.org");
    private final ClientModel app = realm.client("uuid-app", "app", null);
    private final FakeTab tab = new FakeLogin("session-1").tab("tab-1", app);
    private final Map<String, String> clientNotes = new HashMap<>();
    private final Stub<UserSessionModel> signedIn = Stub.of(UserSessionModel.class)
            .is("getUser", kim.model())
            .on("getAuthenticatedClientSessionByClient", call -> "uuid-app".equals(call.get(0)) ? client() : null);

    private @Nullable AuthenticatedClientSessionModel client() {
        return Stub.of(AuthenticatedClientSessionModel.class)
                .on("getNote", call -> clientNotes.get(call.text(0)))
                .get();
    }

    private Event event(EventType type) {
        Event event = new Event();
        event.setType(type);
        event.setRealmId("realm-1");
        event.setSessionId("session-1");
        event.setDetails(new HashMap<>(Map.of(Details.CODE_ID, "session-1")));
        return event;
    }

    private boolean marks(Event event) {
        return marks(event, realm);
    }

    private boolean marks(Event event, FakeRealm working) {
        server.cookies().clear();
        KeycloakSession session = server.request(working).model();
        session.getContext().setAuthenticationSession(tab.model());
        new DeviceMarkListenerFactory().create(session).onEvent(event);
        return !server.cookies().isEmpty();
    }

    DeviceMarkListenerTest() {
        server.everySession(session -> session.is(
                "sessions",
                Stub.of(UserSessionProvider.class)
                        .on("getUserSession", call -> "session-1".equals(call.get(1)) ? signedIn.get() : null)
                        .get()));
    }

    @Test
    void aCompleteSignInMarksTheBrowserForItsUser() {
        assertThat(marks(event(EventType.LOGIN))).isTrue();

        KeycloakSession next = server.request(realm).model();
        assertThat(DeviceMarks.markOf(next, realm.model(), "kim")).isPresent();
        assertThat(DeviceMarks.markOf(next, realm.model(), "lee")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = EventType.class, names = "LOGIN", mode = EnumSource.Mode.EXCLUDE)
    void noOtherEventMarks(EventType type) {
        assertThat(marks(event(type))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "", "yes", "1"})
    void aRealmThatDoesNotSwitchItOnHasNoMarks(String value) {
        realm.attribute("gatehouse.deviceMarks", value);

        assertThat(marks(event(EventType.LOGIN))).isFalse();
    }

    @Test
    void aRealmWithoutTheAttributeHasNoMarks() {
        FakeRealm plain = new FakeRealm("realm-1", "plain");

        assertThat(marks(event(EventType.LOGIN), plain)).isFalse();
    }

    @Test
    void anEventOfAnotherRealmThanTheRequestsMarksNothing() {
        assertThat(marks(event(EventType.LOGIN), other)).isFalse();
    }

    @Test
    void aGrantAtTheTokenEndpointIsNoBrowser() {
        Event event = event(EventType.LOGIN);
        event.getDetails().put(Details.GRANT_TYPE, "password");

        assertThat(marks(event)).isFalse();
    }

    @Test
    void anEventWithoutDetailsIsOfABrowser() {
        Event event = event(EventType.LOGIN);
        event.setDetails(null);

        assertThat(marks(event)).isTrue();
    }

    @Test
    void goingOnWithASessionIsNoSignIn() {
        clientNotes.put(AuthenticationManager.SSO_AUTH, "true");
        assertThat(marks(event(EventType.LOGIN))).isFalse();

        clientNotes.clear();
        tab.notes().put(AuthenticationManager.SSO_AUTH, "true");
        assertThat(marks(event(EventType.LOGIN))).isFalse();
    }

    @Test
    void aSignInWithoutASessionOfItsClientMarksNothing() {
        Event gone = event(EventType.LOGIN);
        gone.setSessionId("session-9");
        assertThat(marks(gone)).isFalse();

        Event none = event(EventType.LOGIN);
        none.setSessionId(null);
        assertThat(marks(none)).isFalse();

        signedIn.is("getAuthenticatedClientSessionByClient", null);
        assertThat(marks(event(EventType.LOGIN))).isFalse();
    }

    @Test
    void aSignInOfNobodyMarksNothing() {
        signedIn.is("getUser", null);

        assertThat(marks(event(EventType.LOGIN))).isFalse();
    }

    @Test
    void aRequestWithoutALoginMarksNothing() {
        KeycloakSession session = server.request(realm).model();

        new DeviceMarkListener(session).onEvent(event(EventType.LOGIN));

        assertThat(server.cookies()).isEmpty();
    }

    @Test
    void itHearsAllRealms() {
        DeviceMarkListenerFactory factory = new DeviceMarkListenerFactory();

        assertThat(factory.isGlobal()).isTrue();
        assertThat(factory.getId()).isEqualTo("gatehouse-device-mark");
    }
}
