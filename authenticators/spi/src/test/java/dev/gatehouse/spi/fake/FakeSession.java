// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.ClientConnection;
import org.keycloak.http.HttpRequest;
import org.keycloak.http.HttpResponse;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.urls.UrlType;

/**
 * A session of a {@link FakeServer}. As with Keycloak's embedded caches, a single-use object that is put is there for
 * others once the transaction is committed; all else takes effect at once.
 */
public final class FakeSession {

    private final FakeServer server;
    private final FakeTransactions transactions = new FakeTransactions();
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> responseHeaders = new HashMap<>();
    private final Stub<KeycloakSession> model = Stub.of(KeycloakSession.class);
    private final KeycloakContext context;
    private @Nullable RealmModel realm;
    private @Nullable ClientModel client;
    private @Nullable AuthenticationSessionModel tab;

    FakeSession(FakeServer server) {
        this.server = server;
        this.context = Stub.of(KeycloakContext.class)
                .on("getRealm", call -> realm)
                .on("setRealm", call -> {
                    realm = (RealmModel) call.get(0);
                    return null;
                })
                .on("getClient", call -> client)
                .on("setClient", call -> {
                    client = (ClientModel) call.get(0);
                    return null;
                })
                .on("getUri", call -> uri(call.size() == 0 ? UrlType.FRONTEND : (UrlType) call.get(0)))
                .is("resolveLocale", Locale.GERMAN)
                .on("getAuthenticationSession", call -> tab)
                .on("setAuthenticationSession", call -> {
                    tab = (AuthenticationSessionModel) call.get(0);
                    return null;
                })
                .is("getConnection", connection(server))
                .is("getHttpRequest", request(server))
                .is("getHttpResponse", response(server))
                .is("getBearerToken", null)
                .is("getUserSession", null)
                .get();
        SingleUseObjectProvider objects = Stub.of(SingleUseObjectProvider.class)
                .on("put", call -> {
                    put(call);
                    return null;
                })
                .on("get", call -> server.objects().get(call.text(0)))
                .on("remove", call -> server.objects().remove(call.text(0)))
                .on("putIfAbsent", call -> server.objects().putIfAbsent(call.text(0), (Long) call.get(1)))
                .get();
        model.is("getContext", context)
                .is("getTransactionManager", transactions)
                .is("getKeycloakSessionFactory", server.factory())
                .is("realms", server.realmProvider())
                .is("users", server.users().get())
                .is("keys", server.keys().model())
                .is("singleUseObjects", objects)
                .on("getAttribute", call -> attributes.get(call.text(0)))
                .on("setAttribute", call -> attributes.put(call.text(0), call.get(1)))
                .on("removeAttribute", call -> attributes.remove(call.text(0)))
                .on("getProvider", call -> server.provider(call.get(0), call.size() == 1 ? null : call.text(1)))
                .on("close", call -> {
                    end();
                    return null;
                });
        server.lessons().forEach(lesson -> lesson.accept(model));
    }

    private static HttpRequest request(FakeServer server) {
        HttpHeaders headers = Stub.of(HttpHeaders.class)
                .on("getCookies", call -> server.cookies())
                .on("getRequestHeaders", call -> {
                    MultivaluedMap<String, String> all = new MultivaluedHashMap<>();
                    all.putAll(server.headers());
                    return all;
                })
                .on("getRequestHeader", call -> server.headers().getOrDefault(call.text(0), List.of()))
                .get();
        return Stub.of(HttpRequest.class)
                .is("getHttpHeaders", headers)
                .is("getDecodedFormParameters", server.form())
                .on("isProxyTrusted", call -> server.isProxyTrusted())
                .get();
    }

    private static ClientConnection connection(FakeServer server) {
        return Stub.of(ClientConnection.class)
                .on("getRemoteAddr", call -> server.remoteAddress())
                .on("getRemoteHost", call -> server.remoteAddress())
                .get();
    }

    private HttpResponse response(FakeServer server) {
        return Stub.of(HttpResponse.class)
                .on("setCookieIfAbsent", call -> {
                    NewCookie cookie = (NewCookie) call.get(0);
                    server.cookies().put(cookie.getName(), cookie);
                    return null;
                })
                .on("setHeader", call -> {
                    responseHeaders.put(call.text(0), call.text(1));
                    return null;
                })
                .get();
    }

    public KeycloakSession model() {
        return model.get();
    }

    public FakeTransactions transactions() {
        return transactions;
    }

    public Map<String, Object> attributes() {
        return attributes;
    }

    /** What was set on the response itself, whatever the answer is. */
    public Map<String, String> responseHeaders() {
        return responseHeaders;
    }

    private void end() {
        if (transactions.isActive()) {
            if (transactions.getRollbackOnly()) {
                transactions.rollback();
            } else {
                transactions.commit();
            }
        }
    }

    @SuppressWarnings("unchecked") // The signature of put says so.
    private void put(Stub.Call call) {
        transactions.enlist(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                server.objects().put(call.text(0), (Long) call.get(1), (Map<String, String>) call.get(2));
            }

            @Override
            protected void rollbackImpl() {}
        });
    }

    private KeycloakUriInfo uri(UrlType type) {
        return new KeycloakUriInfo(
                model(),
                type,
                Stub.of(UriInfo.class)
                        .is("getQueryParameters", new MultivaluedHashMap<>())
                        .get());
    }
}
