// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/**
 * What an account's own attributes tell of its first proof: that it is still to come, or when it was.
 *
 * <p>The mark means something only as long as the address is not verified. Where a realm lets people edit attributes
 * that its profile does not name, they could write these two as well; {@link #undo} puts them back.
 */
final class Unproven {

    /** User attribute: since when nobody has proved that the account's address is theirs. */
    static final String MARK = "gatehouse.unproven";

    /** User attribute: when the first proof took away what others may have set up. */
    static final String PROVED = "gatehouse.proved";

    private Unproven() {}

    /** Whether {@code user} registered itself, and has never shown that its address is its own. */
    static boolean is(UserModel user) {
        return isOpen(user) && isMarked(user);
    }

    /** Whether there is something to prove, with the mark or without: a local account, and an unverified address. */
    static boolean isOpen(UserModel user) {
        return !user.isEmailVerified()
                && StorageId.isLocalStorage(user.getId())
                && !user.isFederated()
                && user.getServiceAccountClientLink() == null;
    }

    /** Marks a new account, unless there is nothing to prove. */
    static void mark(UserModel user, Instant now) {
        if (isOpen(user)) {
            user.setSingleAttribute(MARK, now.toString());
        }
    }

    /** Takes the mark away. */
    static void clear(UserModel user) {
        if (isMarked(user)) {
            user.removeAttribute(MARK);
        }
    }

    /** Takes the mark away where somebody else, such as an administrator or a trusted broker, vouches for the address. */
    static void settle(UserModel user) {
        if (user.isEmailVerified()) {
            clear(user);
        }
    }

    /** The first proof of {@code user} happened. */
    static void proved(UserModel user, Instant now) {
        user.setSingleAttribute(PROVED, now.toString());
        clear(user);
    }

    /** When the first proof of {@code user} was; empty if it had none, or none that is known any more. */
    static Optional<Instant> provedAt(UserModel user) {
        @Nullable String written = user.getFirstAttribute(PROVED);
        try {
            return Optional.ofNullable(written).map(Instant::parse);
        } catch (DateTimeParseException e) {
            // Only an administrator or an import writes something else.
            return Optional.empty();
        }
    }

    /** Puts back what the owner of an account changed of it, as {@code event} tells. */
    static void undo(Event event, UserModel user) {
        Map<String, String> details = event.getDetails() == null ? Map.of() : event.getDetails();
        for (String name : List.of(MARK, PROVED)) {
            @Nullable String before = details.get(Details.PREF_PREVIOUS + name);
            if (before != null) {
                user.setSingleAttribute(name, before);
            } else if (details.containsKey(Details.PREF_UPDATED + name)) {
                user.removeAttribute(name);
            }
        }
    }

    private static boolean isMarked(UserModel user) {
        return user.getFirstAttribute(MARK) != null;
    }
}
