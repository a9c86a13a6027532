// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Locale;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The ways for a message to reach a person. */
enum ChannelKind {
    MAIL,
    SMS;

    /** As events and metrics name it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    Channel in(KeycloakSession session, RealmModel realm, MagicLinkSettings settings) {
        return switch (this) {
            case MAIL -> new MailChannel(session, realm);
            case SMS -> new SmsChannel(session, realm, settings.numberAttribute());
        };
    }
}
