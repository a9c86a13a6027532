// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeConfig;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeSession;
import dev.gatehouse.spi.fake.Page;
import dev.gatehouse.spi.fake.RecordingForms;
import dev.gatehouse.spi.fake.RecordingLimiter;
import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.limit.Limiter;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.specimpl.ResteasyUriInfo;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.cors.DefaultCorsFactory;

/** Requests to a server below the flows, and a limiter that a test commands. The realm shop has switched the filters on. */
final class HttpRequests {

    final FakeRealm shop = new FakeRealm("realm-1", "shop").attribute("gatehouse.limits.filter", "true");
    final FakeRealm club = new FakeRealm("realm-2", "club");
    final FakeServer server = new FakeServer(new MovedTime()).with(shop).with(club);
    final RecordingLimiter limiter = new RecordingLimiter();
    /** The headers of the next request. */
    final Map<String, String> requestHeaders = new HashMap<>();

    /** What requests were answered with before they came to their resource. */
    final List<Response> aborted = new ArrayList<>();

    /** The one whose request is filtered; nothing has set its realm to the one of the request yet. */
    final FakeSession session = server.request(club);

    HttpRequests() {
        DefaultCorsFactory cors = new DefaultCorsFactory();
        cors.init(FakeConfig.scope(Map.of()));
        server.provide(Limiter.class, null, limiter);
        server.provide(Cors.class, null, cors.create(session.model()));
        server.provide(LoginFormsProvider.class, null, new RecordingForms().model());
    }

    /** A request as the server sees it; {@code address} is what follows the host, as it was written. */
    ContainerRequestContext request(String method, String address) {
        Map<String, Object> properties = new HashMap<>();
        return Stub.of(ContainerRequestContext.class)
                .is("getMethod", method)
                .on("getHeaderString", call -> requestHeaders.get(call.text(0)))
                .is("getUriInfo", new ResteasyUriInfo("https://id.example.org" + address, "/"))
                .on("setProperty", call -> properties.put(call.text(0), call.get(1)))
                .on("getProperty", call -> properties.get(call.text(0)))
                .on("abortWith", call -> aborted.add((Response) call.get(0)))
                .get();
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
}
