// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeSession;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.Page;
import dev.gatehouse.spi.fake.RecordingForms;
import dev.gatehouse.spi.fake.Stub;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.specimpl.ResteasyUriInfo;
import org.jspecify.annotations.Nullable;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;

/**
 * Requests of one browser with one tab to a server with two realms; the guard is on in the realm shop. It knows the provider
 * google, and github, which is off.
 */
final class BrokerRequests {

    /** What is left of an answer after the filter. */
    record Answer(
            int status, @Nullable URI location, @Nullable Page page) {}

    final FakeRealm shop = new FakeRealm("realm-1", "shop").attribute("gatehouse.brokerGuard", "true");
    final FakeRealm club = new FakeRealm("realm-2", "club");
    final FakeServer server = new FakeServer(new MovedTime()).with(shop).with(club);
    final FakeTab tab = new FakeLogin("login-1").tab("tab-1", shop.client("client-1", "app", "App"));

    /** What requests were answered with before they came to their resource. */
    final List<Response> aborted = new ArrayList<>();

    /** The one whose request is filtered; nothing has set its realm to the one of the request yet. */
    final FakeSession session;

    final HttpBrokerFilter filter = new HttpBrokerFilter();

    @SuppressWarnings("UnnecessaryAssignment") // There is no container here.
    BrokerRequests() {
        Map<String, IdentityProviderModel> providers =
                Map.of("google", provider("google", true), "github", provider("github", false));
        server.provide(LoginFormsProvider.class, null, new RecordingForms().model());
        server.everySession(model -> model.is(
                "identityProviders",
                Stub.of(IdentityProviderStorageProvider.class)
                        .on("getByAlias", call -> providers.get(call.text(0)))
                        .get()));
        session = server.request(club);
        filter.session = session.model();
        filter.tabs = (any, realm, client, id) ->
                client.equals("app") && id.equals("tab-1") ? Optional.of(tab.model()) : Optional.empty();
    }

    private static IdentityProviderModel provider(String alias, boolean enabled) {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias(alias);
        provider.setEnabled(enabled);
        return provider;
    }

    /** A request as the server sees it; {@code address} is what follows the host, as it was written. */
    ContainerRequestContext request(String address) {
        return Stub.of(ContainerRequestContext.class)
                .is("getUriInfo", new ResteasyUriInfo("https://id.example.org" + address, "/"))
                .on("abortWith", call -> aborted.add((Response) call.get(0)))
                .get();
    }

    /** Filters a request on its way in. */
    void comes(String address) {
        filter.filter(request(address));
    }

    /** What a request was answered with, if that happened exactly once. */
    Response onlyAborted() {
        if (aborted.size() != 1) {
            throw new AssertionError("not one answer but " + aborted);
        }
        return aborted.get(0);
    }

    /** The page that a request was answered with. */
    Page page() {
        return (Page) onlyAborted().getEntity();
    }

    /** From now on the server knows which tab the request is about. */
    void isAboutTheTab() {
        session.model().getContext().setAuthenticationSession(tab.model());
    }

    /** Filters the answer to a request on its way out. */
    Answer goes(String address, int status, @Nullable MediaType type, @Nullable String location) {
        Map<String, Object> changed = new HashMap<>();
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        filter.filter(
                request(address),
                Stub.of(ContainerResponseContext.class)
                        .is("getStatus", status)
                        .is("getMediaType", type)
                        .is("getLocation", location == null ? null : URI.create(location))
                        .is("getHeaders", headers)
                        .on(
                                "setStatusInfo",
                                call -> changed.put("status", ((Response.StatusType) call.get(0)).getStatusCode()))
                        .on("setEntity", call -> call.orNull(0) == null ? null : changed.put("page", call.get(0)))
                        .get());
        return new Answer((int) changed.getOrDefault("status", status), (URI) headers.getFirst("Location"), (Page)
                changed.get("page"));
    }
}
