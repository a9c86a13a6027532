// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.spi.limit.Limiter;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Clears the limits of an account where an admin clears its failed sign-ins. Keycloak tells of that by an event only if
 * there was a failure of its own to clear, so it is the call of its Admin API that is listened to.
 */
@Provider
final class ClearedFailures implements ContainerResponseFilter {

    private static final Logger LOG = Logger.getLogger(ClearedFailures.class);

    private static final Pattern PATH =
            Pattern.compile("(?:^|/)admin/realms/[^/]+/attack-detection/brute-force/users(?:/(?<user>[^/]+))?/?$");

    private final KeycloakSession session;

    /** @param session stands for that of whatever request is answered */
    @Inject
    ClearedFailures(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!request.getMethod().equals(HttpMethod.DELETE)
                || response.getStatus() != Response.Status.NO_CONTENT.getStatusCode()) {
            return;
        }
        Matcher path = PATH.matcher(request.getUriInfo().getPath());
        if (path.find()) {
            // The realm that Keycloak has just worked in, whatever way its name was written.
            clear(session.getContext().getRealm(), path.group("user"));
        }
    }

    private void clear(RealmModel realm, @Nullable String userId) {
        Limiter limiter = session.getProvider(Limiter.class);
        try {
            if (userId == null) {
                limiter.clearAll(realm);
                return;
            }
            @Nullable UserModel user = session.users().getUserById(realm, userId);
            if (user != null) {
                limiter.clear(realm, user);
            }
        } catch (StoreUnavailableException e) {
            LOG.warnf(
                    "The limits in realm %s could not be cleared: their store is away (%s). Failed sign-ins were.",
                    realm.getName(), e.getMessage());
        }
    }
}
