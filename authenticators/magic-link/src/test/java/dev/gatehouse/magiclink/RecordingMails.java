// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.gatehouse.core.secret.Secret;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.events.Event;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A mail server that keeps what it gets. */
final class RecordingMails implements EmailTemplateProvider {

    /** A mail to the address that the account has when it is sent. */
    record Mail(
            String to, String subjectKey, List<Object> subjectParts, String template, Map<String, Object> attributes) {

        Secret token() {
            String link =
                    Objects.requireNonNull(attributes.get("gatehouseLink")).toString();
            return Secret.parse(link.substring(link.indexOf("t=") + 2)).orElseThrow();
        }

        String code() {
            return Objects.requireNonNull(attributes.get("gatehouseCode")).toString();
        }
    }

    private final List<Mail> mails = new ArrayList<>();
    private @Nullable UserModel user;
    private @Nullable EmailException failure;
    private Runnable beforeSending = () -> {};

    List<Mail> all() {
        return mails;
    }

    Mail newest() {
        return mails.get(mails.size() - 1);
    }

    /** From now on nothing can be sent. */
    void fail(EmailException reason) {
        failure = reason;
    }

    /** Looks at the world at the moment at which a mail leaves. */
    void beforeSending(Runnable look) {
        beforeSending = look;
    }

    @Override
    public EmailTemplateProvider setRealm(RealmModel realm) {
        return this;
    }

    @Override
    public EmailTemplateProvider setUser(UserModel recipient) {
        user = recipient;
        return this;
    }

    @Override
    public void send(String subjectKey, List<Object> parts, String template, Map<String, Object> attributes)
            throws EmailException {
        beforeSending.run();
        // Keycloak adds its own to the map that it is given.
        attributes.put("realmName", "shop");
        if (failure != null) {
            throw failure;
        }
        mails.add(new Mail(Objects.requireNonNull(user).getEmail(), subjectKey, parts, template, attributes));
    }

    @Override
    public void close() {}

    @Override
    public EmailTemplateProvider setAuthenticationSession(AuthenticationSessionModel session) {
        throw unexpected();
    }

    @Override
    public EmailTemplateProvider setAttribute(String name, Object value) {
        throw unexpected();
    }

    @Override
    public void sendEvent(Event event) {
        throw unexpected();
    }

    @Override
    public void sendPasswordReset(String link, long minutes) {
        throw unexpected();
    }

    @Override
    public void sendSmtpTestEmail(Map<String, String> config, UserModel recipient) {
        throw unexpected();
    }

    @Override
    public void sendConfirmIdentityBrokerLink(String link, long minutes) {
        throw unexpected();
    }

    @Override
    public void sendExecuteActions(String link, long minutes) {
        throw unexpected();
    }

    @Override
    public void sendVerifiableCredentialOffer(String link, long minutes) {
        throw unexpected();
    }

    @Override
    public void sendVerifyEmail(String link, long minutes) {
        throw unexpected();
    }

    @Override
    public void sendOrgInviteEmail(OrganizationModel organization, String link, long minutes) {
        throw unexpected();
    }

    @Override
    public void sendEmailUpdateConfirmation(String link, long minutes, String address) {
        throw unexpected();
    }

    @Override
    public void send(String subjectKey, String template, Map<String, Object> attributes) {
        throw unexpected();
    }

    @Override
    public void send(String subjectKey, String template, Map<String, Object> attributes, String address) {
        throw unexpected();
    }

    @Override
    public void send(
            String subjectKey, List<Object> parts, String template, Map<String, Object> attributes, String address) {
        throw unexpected();
    }

    private static AssertionError unexpected() {
        return new AssertionError("unexpected call of the mail provider");
    }
}
