// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.spi.mail.MailFailure;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.light.LightweightUserAdapter;

/** Messages by mail, to the address that the account has. */
final class MailChannel implements Channel {

    private static final Logger LOG = Logger.getLogger(MailChannel.class);

    /** RFC 5321, section 4.5.3.1.3, less the two angle brackets of a path. */
    private static final int LONGEST_ADDRESS = 254;

    /**
     * One {@code @}, and nothing that is quoted, invisible or a control: what is looked up must be what a mail server
     * would understand, and what a database accepts as text.
     */
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\p{C}\\p{Z}\\s@\"'<>()\\[\\],;:\\\\]+@[^\\p{C}\\p{Z}\\s@\"'<>()\\[\\],;:\\\\]+");

    private final KeycloakSession session;
    private final RealmModel realm;

    MailChannel(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public Optional<String> parse(@Nullable String typed) {
        return Optional.ofNullable(typed)
                .map(Accounts::normalized)
                .filter(address -> address.length() <= LONGEST_ADDRESS)
                .filter(address -> ADDRESS.matcher(address).matches());
    }

    @Override
    public Optional<UserModel> find(String parsed) {
        try {
            return Optional.ofNullable(session.users().getUserByEmail(realm, parsed));
        } catch (ModelDuplicateException e) {
            // A realm that once allowed duplicates can still hold them. Nobody can tell whose mailbox it is.
            LOG.debugf("Realm %s has several accounts with one address", realm.getName());
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> addressOf(UserModel user) {
        return Optional.ofNullable(user.getEmail()).filter(address -> !address.isBlank());
    }

    @Override
    public boolean provesMailAddress() {
        return true;
    }

    @Override
    public void deliver(Letter letter) throws MailFailure {
        session.setAttribute(
                LocaleSelectorProvider.USER_REQUEST_LOCALE,
                letter.order().asker().languageTag());
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(letter.user() == null ? newcomer(letter.address()) : letter.user())
                    .send(
                            subject(letter.kind()),
                            List.of(Names.of(realm)),
                            template(letter.kind()),
                            attributes(letter));
        } catch (EmailException e) {
            throw MailFailure.of("a sign-in mail could not be sent", e);
        }
    }

    /** Keycloak mails to accounts only. This one is nowhere but here. */
    private UserModel newcomer(String address) {
        UserModel user = new LightweightUserAdapter(session, realm, "gatehouse-newcomer");
        user.setEmail(address);
        return user;
    }

    private static String subject(Letter.Kind kind) {
        return switch (kind) {
            case SIGN_IN -> "gatehouseMagicLinkMailSubject";
            case CREATE -> "gatehouseMagicLinkCreateMailSubject";
            case UNVERIFIED -> "gatehouseMagicLinkUnverifiedMailSubject";
        };
    }

    private static String template(Letter.Kind kind) {
        return switch (kind) {
            case SIGN_IN -> "gatehouse-magic-link.ftl";
            case CREATE -> "gatehouse-magic-link-create.ftl";
            case UNVERIFIED -> "gatehouse-magic-link-unverified.ftl";
        };
    }

    private static Map<String, Object> attributes(Letter letter) {
        LinkOrder order = letter.order();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("gatehouseClient", order.app().name());
        attributes.put("gatehouseAddress", letter.address());
        attributes.put(
                "gatehouseTime",
                MailTimes.of(
                        order.asker().at(), Locale.forLanguageTag(order.asker().languageTag())));
        attributes.put("gatehouseDevice", order.asker().device());
        attributes.put("gatehouseFrom", order.asker().address());
        if (order.app().broker() != null) {
            attributes.put("gatehouseBroker", order.app().broker());
        }
        if (letter.kind() != Letter.Kind.UNVERIFIED) {
            attributes.put("gatehouseLink", order.proof().link().toString());
            attributes.put("gatehouseCode", order.proof().code().grouped());
            attributes.put(
                    "gatehouseMinutes", Math.max(1, order.proof().lifetime().toMinutes()));
        }
        return attributes;
    }
}
