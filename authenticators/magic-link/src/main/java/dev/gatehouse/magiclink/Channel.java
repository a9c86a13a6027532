// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Optional;

import dev.gatehouse.spi.mail.MailFailure;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/** A way for a message to reach a person: whom a typed text means, where messages to an account go, and how. */
interface Channel {

    /** Whether messages can leave at all on this server. */
    boolean isReady();

    /** What somebody typed, as it is counted and looked up; empty if it cannot mean an account here. */
    Optional<String> parse(@Nullable String typed);

    /** The one account that a {@linkplain #parse parsed} text means; empty for none, and for several. */
    Optional<UserModel> find(String parsed);

    /** Where messages reach {@code user}; empty if there is nowhere that can be trusted. */
    Optional<String> addressOf(UserModel user);

    /** Whether a message that arrived proves the mail address of the account. */
    boolean provesMailAddress();

    /** Sends one message, and returns once it was taken over by whoever delivers it. */
    void deliver(Letter letter) throws MailFailure;
}
