// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeSession;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.mail.MailQueue;
import dev.gatehouse.spi.mail.RecordingMailQueue;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;

/** A realm that guards first proofs, an account that somebody registered with Kim's address, and Kim before a tab. */
final class TakenAccount {

    final MovedTime time = new MovedTime();
    final FakeRealm realm = new FakeRealm("realm-1", "shop").attribute("gatehouse.firstProof", "true");
    final FakeServer server = new FakeServer(time).with(realm);
    final FakeUser kim = server.with(realm, new FakeUser("user-kim", "kim", "kim@example.org").unverified());
    final ClientModel app = realm.client("uuid-app", "app", null);
    final ClientModel shop = realm.client("uuid-shop", "shop", null);
    final FakeTab tab = new FakeLogin("session-1").tab("tab-1", app);
    final FakeTab elsewhere = new FakeLogin("session-2").tab("tab-2", app);
    final RecordingMailQueue queue = new RecordingMailQueue();
    final RecordingMails mails = new RecordingMails();
    final List<FederatedIdentityModel> links = new ArrayList<>();
    final List<ClientModel> consents = new ArrayList<>();
    final List<UserSessionModel> sessions = new ArrayList<>();
    final List<UserSessionModel> offline = new ArrayList<>();

    TakenAccount() {
        kim.attributes().put(Unproven.MARK, "2026-01-01T00:00:00Z");
        kim.credential("password-1", "password");
        server.provide(MailQueue.class, null, queue);
        server.provide(EmailTemplateProvider.class, null, mails);
        server.users()
                .on("getFederatedIdentitiesStream", call -> List.copyOf(links).stream())
                .on("getFederatedIdentity", call -> link(call.text(2)))
                .on("removeFederatedIdentity", call -> links.remove(link(call.text(2))))
                .on("getConsentsStream", call -> List.copyOf(consents).stream().map(UserConsentModel::new))
                .on(
                        "revokeConsentForClient",
                        call -> consents.removeIf(client -> client.getId().equals(call.text(2))));
        server.everySession(session -> session.is(
                "sessions",
                Stub.of(UserSessionProvider.class)
                        .on("getUserSessionsStream", call -> sessions.stream())
                        .on("getOfflineUserSessionsStream", call -> offline.stream())
                        .on("getUserSession", call -> open(call.orNull(1)))
                        .get()));
    }

    private @Nullable FederatedIdentityModel link(String alias) {
        return links.stream()
                .filter(link -> link.getIdentityProvider().equals(alias))
                .findFirst()
                .orElse(null);
    }

    private @Nullable UserSessionModel open(@Nullable Object id) {
        return sessions.stream()
                .filter(session -> session.getId().equals(id))
                .findFirst()
                .orElse(null);
    }

    UserSessionModel session(String id) {
        Map<String, String> notes = new HashMap<>();
        return Stub.of(UserSessionModel.class)
                .is("getId", id)
                .is("getUser", kim.model())
                .on("getNote", call -> notes.get(call.text(0)))
                .on("setNote", call -> notes.put(call.text(0), call.text(1)))
                .get();
    }

    /** Kim has proved the mail in the tab. */
    boolean begins() {
        return FirstProof.begin(
                new RecordingFlowContext(request(tab), realm, tab, realm.step("execution-1", "any")).model(),
                kim.model(),
                time);
    }

    /** A request in {@code place}. */
    FakeSession request(FakeTab place) {
        FakeSession session = server.request(realm);
        session.model().getContext().setAuthenticationSession(place.model());
        return session;
    }

    /** Keycloak tells of something that Kim's account did in {@code place}. */
    FakeSession happens(FakeTab place, Event event) {
        place.user(kim.model());
        FakeSession session = request(place);
        new FirstProofListener(session.model(), time).onEvent(event);
        return session;
    }

    /** The sign-in in {@code place} is over. */
    FakeSession signsIn(FakeTab place) {
        String id = place.model().getParentSession().getId();
        if (open(id) == null) {
            sessions.add(session(id));
        }
        return happens(place, event(EventType.LOGIN));
    }

    Event event(EventType type, String... details) {
        Event event = new Event();
        event.setType(type);
        event.setRealmId("realm-1");
        event.setUserId("user-kim");
        event.setClientId("app");
        event.setSessionId("session-1");
        Map<String, String> all = new HashMap<>(Map.of(Details.CODE_ID, "session-1"));
        for (int i = 0; i < details.length; i += 2) {
            all.put(details[i], details[i + 1]);
        }
        event.setDetails(all);
        return event;
    }

    boolean isMarked() {
        return kim.attributes().containsKey(Unproven.MARK);
    }

    /** The events that first proofs sent. */
    List<Event> proofs() {
        return server.events().stream()
                .filter(event -> event.getType() == EventType.VERIFY_EMAIL)
                .toList();
    }

    /** The step of a flow that the sign-in in {@code place} completed. */
    static void completed(FakeTab place, Instant when) {
        place.userSessionNotes().put("authenticators-completed", "{\"step-1\":" + when.getEpochSecond() + "}");
    }
}
