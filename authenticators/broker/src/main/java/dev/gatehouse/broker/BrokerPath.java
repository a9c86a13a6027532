// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.http.RealmPath;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a person is on the way to another identity provider and back.
 *
 * @param realm the realm's name
 * @param alias the identity provider; empty for the steps that follow a return
 */
record BrokerPath(String realm, String alias, Step step) {

    /** The steps that have an address of their own. */
    enum Step {
        /** On the way there. */
        DEPARTURE,
        /** Back from there, with an answer. */
        RETURN,
        /** The flow of a first sign-in is through. */
        AFTER_FIRST_LOGIN,
        /** The flow that follows each sign-in is through. */
        AFTER_LOGIN
    }

    private static final String BROKER = "broker";
    private static final Map<String, Step> WITH_ALIAS = Map.of("login", Step.DEPARTURE, "endpoint", Step.RETURN);
    private static final Map<String, Step> WITHOUT_ALIAS =
            Map.of("after-first-broker-login", Step.AFTER_FIRST_LOGIN, "after-post-broker-login", Step.AFTER_LOGIN);

    /** Empty for every other address. */
    static Optional<BrokerPath> of(ContainerRequestContext request) {
        return RealmPath.of(request).filter(path -> path.at(0, BROKER)).flatMap(BrokerPath::of);
    }

    private static Optional<BrokerPath> of(RealmPath path) {
        if (path.rest().size() == 2) {
            @Nullable Step step = WITHOUT_ALIAS.get(path.rest().get(1));
            return Optional.ofNullable(step).map(it -> new BrokerPath(path.realm(), "", it));
        }
        // Some kinds of providers have further addresses below their endpoint.
        @Nullable
        Step step = path.rest().size() < 3 ? null : WITH_ALIAS.get(path.rest().get(2));
        return Optional.ofNullable(step)
                .map(it -> new BrokerPath(path.realm(), path.rest().get(1), it));
    }
}
