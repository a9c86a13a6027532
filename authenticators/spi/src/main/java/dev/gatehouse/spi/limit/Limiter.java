// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/** The limiter, for one request. */
public interface Limiter extends Provider {

    /**
     * Counts {@code attempt} of the current request by the rules of {@code realm}. It counts at once, in no transaction of
     * the request: what the request does later cannot undo it. It never throws because of a store.
     */
    Verdict acquire(RealmModel realm, Attempt attempt);

    /**
     * As {@link #acquire}, but counts nothing yet: for requests that only their answer shows to have been a try. All that
     * are under way at the same time may see the same room.
     */
    Look look(RealmModel realm, Attempt attempt);

    /**
     * Gives back what {@code verdict} took. Only for whoever has just verified a secret.
     */
    void giveBack(Verdict verdict);

    /**
     * Empties every counter that names {@code user}, by username or mail address.
     *
     * @throws dev.gatehouse.core.limit.StoreUnavailableException if the store could not be told
     */
    void clear(RealmModel realm, UserModel user);

    /**
     * Empties every counter of {@code realm}.
     *
     * @throws dev.gatehouse.core.limit.StoreUnavailableException if the store could not be told
     */
    void clearAll(RealmModel realm);

    @Override
    default void close() {}
}
