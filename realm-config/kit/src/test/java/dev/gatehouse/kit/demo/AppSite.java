// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.nimbusds.jose.util.JSONObjectUtils;

/** The demo's app: a static page that speaks OpenID Connect. It knows nothing but addresses. */
final class AppSite implements AutoCloseable {

    static final String CLIENT = "gatehouse-app";

    private static final String HTML = Answer.resource("app.html");

    private final LocalSite site;
    private final CompletableFuture<Map<String, Object>> addresses = new CompletableFuture<>();
    private volatile String policy = "default-src 'none'";

    private AppSite(DemoPort port) throws DemoRefusal {
        site = LocalSite.start(port, this::page);
    }

    /** Listens from now on, and shows the app once {@link #connect} was called. */
    static AppSite start(DemoPort port) throws DemoRefusal {
        return new AppSite(port);
    }

    URI url() {
        return site.url();
    }

    URI callback() {
        return url().resolve("/callback");
    }

    void connect(URI issuer, URI function, URI inbox, String person) {
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' "
                + origin(issuer) + " " + origin(function)
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        addresses.complete(Map.of(
                "issuer", issuer.toString(),
                "clientId", CLIENT,
                "redirectUri", callback().toString(),
                "signedOutUri", url() + "/",
                "function", function.toString(),
                "inbox", inbox.toString(),
                "person", person));
    }

    @Override
    public void close() {
        site.close();
    }

    private Answer page(String host, String path) {
        if (!addresses.isDone()) {
            return Answer.plain(503, "The demo is still starting.\n");
        }
        // One origin only: the app's memory of a sign-in belongs to the origin where it began.
        if (host.startsWith("localhost:")) {
            return Answer.redirect(url() + "/");
        }
        return switch (path) {
            case "/", "/callback" -> Answer.html(200, HTML, policy);
            case "/app.js", "/oidc.js" -> Answer.file(path.substring(1), "text/javascript; charset=utf-8");
            case "/app.css", "/demo.css" -> Answer.file(path.substring(1), "text/css; charset=utf-8");
            case "/mark.svg" -> Answer.file("mark.svg", "image/svg+xml");
            case "/config.json" -> Answer.json(JSONObjectUtils.toJSONString(addresses.join()));
            default -> Answer.plain(404, "There is no such page.\n");
        };
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
