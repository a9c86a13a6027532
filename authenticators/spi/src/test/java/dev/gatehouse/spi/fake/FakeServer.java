// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.opentelemetry.api.trace.Span;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.protocol.ClientData;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.provider.Provider;
import org.keycloak.tracing.TracingProvider;
import org.keycloak.urls.HostnameProvider;

/** What all sessions of a server share: its realms, accounts, single-use objects, providers and events. */
public final class FakeServer {

    static final String LISTENER = "recorder";
    static final String PROTOCOL = "openid-connect";

    private record Named(Class<?> type, @Nullable String id) {}

    private final Map<String, RealmModel> realms = new HashMap<>();
    private final Map<String, Map<String, FakeUser>> users = new HashMap<>();
    private final Map<Named, Provider> providers = new HashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Consumer<Stub<KeycloakSession>>> lessons = new ArrayList<>();
    private final Map<String, Cookie> cookies = new HashMap<>();
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    private final FakeKeys keys = new FakeKeys();
    private final FakeObjects objects;
    private final Stub<UserProvider> userProvider = Stub.of(UserProvider.class);
    private final RealmProvider realmProvider;
    private final KeycloakSessionFactory factory;
    private URI base = URI.create("http://localhost:8080/");
    private @Nullable String remoteAddress = "192.0.2.1";
    private boolean proxyTrusted = true;

    public FakeServer(InstantSource clock) {
        this.objects = new FakeObjects(clock);
        this.realmProvider = Stub.of(RealmProvider.class)
                .on("getRealm", call -> realms.get(call.text(0)))
                .on("getRealmByName", call -> byName(call.text(0)))
                .get();
        userProvider
                .on("getUserById", call -> byId((RealmModel) call.get(0), call.text(1)))
                .on("getUserByUsername", call -> byUsername((RealmModel) call.get(0), call.text(1)))
                .on("getUserByEmail", call -> byEmail((RealmModel) call.get(0), call.text(1)));
        EventListenerProviderFactory listeners = Stub.of(EventListenerProviderFactory.class)
                .is("getId", LISTENER)
                .is("isGlobal", false)
                .get();
        this.factory = Stub.of(KeycloakSessionFactory.class)
                .on("create", call -> new FakeSession(this).model())
                .on("getProviderFactoriesStream", call -> {
                    if (call.get(0) != EventListenerProvider.class) {
                        throw new AssertionError("unexpected: factories of " + call.get(0));
                    }
                    return Stream.of(listeners);
                })
                .get();
        provide(
                EventListenerProvider.class,
                LISTENER,
                Stub.of(EventListenerProvider.class)
                        .on("onEvent", call -> events.add(((Event) call.get(0)).clone()))
                        .get());
        provide(
                TracingProvider.class,
                null,
                Stub.of(TracingProvider.class)
                        .is("getCurrentSpan", Span.getInvalid())
                        .get());
        provide(
                HostnameProvider.class,
                null,
                Stub.of(HostnameProvider.class).on("getBaseUri", call -> base).get());
        provide(
                LoginProtocol.class,
                PROTOCOL,
                Stub.of(LoginProtocol.class)
                        .is("getClientData", new ClientData("https://app.example.org/", "code", null, "s"))
                        .get());
    }

    /** Adds a realm. */
    public FakeServer with(FakeRealm realm) {
        realms.put(realm.id(), realm.model());
        users.put(realm.id(), new LinkedHashMap<>());
        return this;
    }

    /** Adds an account. */
    public FakeUser with(FakeRealm realm, FakeUser user) {
        accounts(realm.id()).put(user.id(), user);
        return user;
    }

    /** Removes an account. */
    public void delete(FakeRealm realm, FakeUser user) {
        accounts(realm.id()).remove(user.id());
    }

    /** Removes a realm. */
    public void delete(FakeRealm realm) {
        realms.remove(realm.id());
    }

    /** Makes {@code provider} the one of its kind, or the one with {@code id}. */
    public <P extends Provider> void provide(Class<P> type, @Nullable String id, P provider) {
        providers.put(new Named(type, id), provider);
    }

    /** The address under which requests reach the server. */
    public void base(String address) {
        base = URI.create(address);
    }

    /** Changes how accounts are looked up. */
    public Stub<UserProvider> users() {
        return userProvider;
    }

    /** The cookies of the one browser that sends requests; a test empties them to be another one. */
    public Map<String, Cookie> cookies() {
        return cookies;
    }

    /** The other headers of requests, each with its lines. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The form that requests post. */
    public MultivaluedMap<String, String> form() {
        return form;
    }

    /** What Keycloak takes for the address of whoever sends requests. */
    public void remoteAddress(@Nullable String address) {
        remoteAddress = address;
    }

    @Nullable
    String remoteAddress() {
        return remoteAddress;
    }

    /** Whether Keycloak trusts whoever sends requests to be a proxy; without a list of proxies it trusts everybody. */
    public void proxyTrusted(boolean trusted) {
        proxyTrusted = trusted;
    }

    boolean isProxyTrusted() {
        return proxyTrusted;
    }

    /** The HMAC keys of all realms. */
    public FakeKeys keys() {
        return keys;
    }

    /** The single-use objects as they are stored, whatever transactions are open. */
    public FakeObjects objects() {
        return objects;
    }

    /** Every event that was sent, the oldest first. */
    public List<Event> events() {
        return events;
    }

    public KeycloakSessionFactory factory() {
        return factory;
    }

    /** A session in the middle of a request to {@code realm}. */
    public FakeSession request(FakeRealm realm) {
        FakeSession session = new FakeSession(this);
        session.model().getContext().setRealm(realm.model());
        session.transactions().begin();
        return session;
    }

    /** Teaches every session that is opened from now on more answers. */
    public void everySession(Consumer<Stub<KeycloakSession>> lesson) {
        lessons.add(lesson);
    }

    List<Consumer<Stub<KeycloakSession>>> lessons() {
        return lessons;
    }

    RealmProvider realmProvider() {
        return realmProvider;
    }

    Provider provider(Object type, @Nullable String id) {
        Provider provider = providers.get(new Named((Class<?>) type, id));
        if (provider == null) {
            throw new AssertionError("unexpected: provider " + type + " " + id);
        }
        return provider;
    }

    private @Nullable RealmModel byName(String name) {
        return realms.values().stream()
                .filter(realm -> name.equals(realm.getName()))
                .findFirst()
                .orElse(null);
    }

    private @Nullable UserModel byId(RealmModel realm, String id) {
        FakeUser user = accounts(realm.getId()).get(id);
        return user == null ? null : user.model();
    }

    private @Nullable UserModel byUsername(RealmModel realm, String username) {
        return accounts(realm.getId()).values().stream()
                .map(FakeUser::model)
                .filter(user -> username.equalsIgnoreCase(user.getUsername()))
                .findFirst()
                .orElse(null);
    }

    private @Nullable UserModel byEmail(RealmModel realm, String email) {
        return accounts(realm.getId()).values().stream()
                .filter(user -> email.equalsIgnoreCase(user.email()))
                .findFirst()
                .map(FakeUser::model)
                .orElse(null);
    }

    private Map<String, FakeUser> accounts(String realmId) {
        Map<String, FakeUser> accounts = users.get(realmId);
        if (accounts == null) {
            throw new AssertionError("no realm " + realmId);
        }
        return accounts;
    }
}
