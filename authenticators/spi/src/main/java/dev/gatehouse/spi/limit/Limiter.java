// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.Optional;

import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.net.IpAddress;
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
     * Counts one try of {@code quota}, whatever the realm's limits are set to. As {@link #acquire(RealmModel, Attempt)} in
     * everything else: while the store is away the failure mode decides.
     */
    Verdict acquire(RealmModel realm, Quota quota);

    /** As {@link #acquire(RealmModel, Quota)}, but no failure mode lets a try through that the store did not count. */
    Verdict acquireStrictly(RealmModel realm, Quota quota);

    /** What {@link #acquire(RealmModel, Quota)} would say now. Counts nothing. */
    Verdict look(RealmModel realm, Quota quota);

    /** The rate that {@code realm} sets for {@code rule}; empty if its limits refuse nobody. */
    Optional<Rate> enforced(RealmModel realm, LimitRule rule);

    /** The address of the client behind the current request, as the limits see it; empty if there is none. */
    Optional<IpAddress> clientAddress();

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
