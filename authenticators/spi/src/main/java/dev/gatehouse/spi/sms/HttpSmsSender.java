// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.util.Optional;

import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.settings.ToldProblems;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Sends through the gateway of this server, as one realm. */
final class HttpSmsSender implements SmsSender {

    private static final Logger LOG = Logger.getLogger(HttpSmsSender.class);

    /** What is set once the server knows its gateway. */
    record Setup(HttpGateway gateway, GatewayHeaders headers, BodyTemplate body, String from, GatewaySecret secret) {}

    private final KeycloakSession session;
    private final @Nullable Setup setup;
    private final ToldProblems told;

    HttpSmsSender(KeycloakSession session, @Nullable Setup setup, ToldProblems told) {
        this.session = session;
        this.setup = setup;
        this.told = told;
    }

    @Override
    public boolean isReady() {
        return setup != null;
    }

    @Override
    public void send(RealmModel realm, String number, String text) throws MailFailure {
        Setup ready = setup;
        if (ready == null) {
            throw MailFailure.permanent("a text message could not be sent: the server has no gateway");
        }
        if (PhoneNumber.parse(number)
                .map(PhoneNumber::e164)
                .filter(number::equals)
                .isEmpty()) {
            throw MailFailure.permanent("a text message could not be sent: the number is none");
        }
        Optional<String> secret = ready.headers().needSecret() ? ready.secret().in(session) : Optional.of("");
        if (secret.isEmpty()) {
            String sentence = "Realm " + realm.getName()
                    + ": no text message is sent, because the secret of the gateway is not in the realm's vault or cannot "
                    + "stand in a header";
            if (told.isNew(sentence)) {
                LOG.error(sentence);
            }
            throw MailFailure.permanent("a text message could not be sent: the gateway's secret was not found");
        }
        ready.gateway().send(ready.headers().with(secret.get()), ready.body().fill(number, text, ready.from()));
    }
}
