// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.http.RealmPath;
import jakarta.ws.rs.container.ContainerRequestContext;

/**
 * An address below {@code /realms/{realm}/}.
 *
 * @param realm the realm's name
 * @param rest what follows it, decoded, without matrix parameters and without empty segments
 */
record HttpRealmPath(String realm, List<String> rest) {

    private static final Set<String> PAGES = Set.of("login-actions", "device", "broker", "account");
    private static final Set<String> PROTOCOL_PAGES = Set.of("auth", "logout", "registrations", "forgot-credentials");

    /** Empty for everything else, the admin API included, whose addresses have a realm in them as well. */
    static Optional<HttpRealmPath> of(ContainerRequestContext request) {
        return RealmPath.of(request).map(path -> new HttpRealmPath(path.realm(), path.rest()));
    }

    /** Whether a person looks at what comes back, and not a program. */
    boolean isForPeople() {
        return PAGES.contains(rest.get(0))
                || (rest.get(0).equals("protocol")
                        && (at(1, "saml")
                                || (at(1, "openid-connect")
                                        && rest.size() > 2
                                        && PROTOCOL_PAGES.contains(rest.get(2)))));
    }

    /** Whether this is where a person types the code that a device shows. It has two addresses. */
    boolean isDeviceCode() {
        return rest.equals(List.of("device")) || isDevice();
    }

    /** Whether this is where a device asks for a code, too. */
    boolean isDevice() {
        return rest.equals(List.of("protocol", "openid-connect", "auth", "device"));
    }

    /** Whether the steps of a flow count what is tried here. */
    boolean isFlow() {
        return rest.get(0).equals("login-actions");
    }

    /** Whether every request here shows a secret or a token. */
    boolean isClientRegistration() {
        return rest.get(0).equals("clients-registrations");
    }

    private boolean at(int index, String segment) {
        return rest.size() > index && rest.get(index).equals(segment);
    }
}
