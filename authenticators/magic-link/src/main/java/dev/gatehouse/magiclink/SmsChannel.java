// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.io.IOException;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.sms.PhoneNumber;
import dev.gatehouse.spi.sms.SmsSender;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.theme.Theme;
import org.keycloak.userprofile.UserProfileConstants;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Messages by SMS, to the number that the account has.
 *
 * <p>A number that its owner can edit would let whoever once held a session put his own there. So an attribute that the
 * realm lets users edit is no address.
 */
final class SmsChannel implements Channel {

    private static final Logger LOG = Logger.getLogger(SmsChannel.class);

    /** As long as a mail address can be. */
    private static final int LONGEST_NAME = 254;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final String attribute;
    private @Nullable Boolean editable;

    SmsChannel(KeycloakSession session, RealmModel realm, String attribute) {
        this.session = session;
        this.realm = realm;
        this.attribute = attribute;
    }

    @Override
    public boolean isReady() {
        @Nullable SmsSender sender = session.getProvider(SmsSender.class);
        return sender != null && sender.isReady();
    }

    /** A number in one spelling; anything else is a name or a mail address. */
    @Override
    public Optional<String> parse(@Nullable String typed) {
        return Optional.ofNullable(typed)
                .map(text -> PhoneNumber.parse(text).map(PhoneNumber::e164).orElseGet(() -> Accounts.normalized(text)))
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_NAME)
                .filter(text -> text.codePoints().noneMatch(Character::isISOControl));
    }

    @Override
    public Optional<UserModel> find(String parsed) {
        if (PhoneNumber.parse(parsed).isEmpty()) {
            return Accounts.byName(session, realm, parsed);
        }
        List<UserModel> users = session.users()
                .searchForUserByUserAttributeStream(realm, attribute, parsed)
                .limit(2)
                .toList();
        // Two accounts with one number: nobody can tell which is meant.
        return users.size() == 1 ? Optional.of(users.get(0)) : Optional.empty();
    }

    @Override
    public Optional<String> addressOf(UserModel user) {
        return isEditableByUsers()
                ? Optional.empty()
                : PhoneNumber.parse(user.getFirstAttribute(attribute)).map(PhoneNumber::e164);
    }

    /**
     * Whether the realm's user profile lets users write the attribute, here or at their registration. It is asked once a
     * request, and so the operator is told once.
     */
    private boolean isEditableByUsers() {
        if (editable == null) {
            editable =
                    letsUsersEdit(session.getProvider(UserProfileProvider.class).getConfiguration());
            if (editable) {
                LOG.warnf(
                        "No text message is sent in realm %s: users can edit the attribute %s; let only admins edit it",
                        realm.getName(), attribute);
            }
        }
        return editable;
    }

    private boolean letsUsersEdit(UPConfig profile) {
        @Nullable UPAttribute declared = profile.getAttribute(attribute);
        return declared == null
                ? profile.getUnmanagedAttributePolicy() == UPConfig.UnmanagedAttributePolicy.ENABLED
                : declared.getPermissions() != null
                        && declared.getPermissions().getEdit().contains(UserProfileConstants.ROLE_USER);
    }

    @Override
    public boolean provesMailAddress() {
        return false;
    }

    @Override
    public void deliver(Letter letter) throws MailFailure {
        LinkOrder order = letter.order();
        @Nullable String broker = order.app().broker();
        session.getProvider(SmsSender.class)
                .send(
                        realm,
                        letter.address(),
                        text(
                                broker == null ? "gatehouseMagicLinkSms" : "gatehouseMagicLinkSmsBroker",
                                Locale.forLanguageTag(order.asker().languageTag()),
                                order.proof().code().reveal(),
                                order.app().name(),
                                order.proof().link().toString(),
                                Math.max(1, order.proof().lifetime().toMinutes()),
                                broker == null ? "" : broker));
    }

    private String text(String key, Locale language, Object... parts) throws MailFailure {
        try {
            Properties messages = session.theme().getTheme(Theme.Type.EMAIL).getEnhancedMessages(realm, language);
            return new MessageFormat(messages.getProperty(key), language).format(parts);
        } catch (IOException e) {
            throw new MailFailure("the text of a message could not be read", e);
        }
    }
}
