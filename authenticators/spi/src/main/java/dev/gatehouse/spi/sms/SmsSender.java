// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import dev.gatehouse.spi.mail.MailFailure;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Sends text messages. */
public interface SmsSender extends Provider {

    /** Whether the server is set up to send any. */
    boolean isReady();

    /**
     * Hands one message over. It takes as long as the gateway does, so it belongs off the thread of a request.
     *
     * <p>A message that is handed over need not arrive, and after a failure it can have been handed over all the same.
     *
     * @param realm the realm that it is sent for; the realm of the session's context
     * @param number in the spelling of {@link PhoneNumber#e164()}
     * @param text whatever it says; it is in no log
     * @throws MailFailure if it was not taken, as far as is known
     */
    void send(RealmModel realm, String number, String text) throws MailFailure;

    @Override
    default void close() {}
}
