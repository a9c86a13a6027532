// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One audit event for each time a link was asked for. It never holds the link, nor the address. */
final class SendEvents {

    /** Event detail: which step of the pack it was. */
    static final String METHOD = "gatehouse_method";

    /** Event detail: why it did not work. */
    static final String REASON = "gatehouse_reason";

    /** Event detail: how the message went, {@code mail} or {@code sms}. */
    static final String CHANNEL = "gatehouse_channel";

    /** Event detail: what was redeemed, {@code link}, {@code code} or {@code minted}. */
    static final String WAY = "gatehouse_way";

    /** The value of {@link #METHOD} for everything in this package. */
    static final String MAGIC_LINK = "magic_link";

    /** The error of every event of a link that was asked for and not sent. */
    static final String NOT_SENT = "gatehouse_not_sent";

    private final EventBuilder event;
    private final ChannelKind channel;

    private SendEvents(EventBuilder event, ChannelKind channel) {
        this.event = event;
        this.channel = channel;
    }

    static SendEvents of(KeycloakSession session, RealmModel realm, LinkOrder order, ChannelKind channel) {
        return new SendEvents(
                new EventBuilder(realm, session)
                        .event(EventType.SEND_VERIFY_EMAIL)
                        .client(order.app().id())
                        .ipAddress(order.asker().address())
                        .detail(Details.CODE_ID, order.place().rootSession())
                        .detail(METHOD, MAGIC_LINK)
                        .detail(CHANNEL, channel.code()),
                channel);
    }

    /** @param userId null if there is no account yet */
    void sent(@Nullable String userId) {
        if (userId != null) {
            event.user(userId);
        }
        event.success();
        LinkMetrics.sent(channel);
    }

    void notSent(String reason, @Nullable String userId) {
        if (userId != null) {
            event.user(userId);
        }
        event.detail(REASON, reason).error(NOT_SENT);
        LinkMetrics.notSent(reason);
    }
}
