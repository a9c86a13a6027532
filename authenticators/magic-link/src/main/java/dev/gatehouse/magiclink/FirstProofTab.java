// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.core.secret.Secret;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a tab knows of the first proof that its sign-in is. The notes are the tab's own: no other tab, browser or user has
 * them, and a restart of the login clears them.
 */
final class FirstProofTab {

    private static final String USER = "gatehouse.first-proof.user";
    private static final String BEGAN = "gatehouse.first-proof.began";
    private static final String MADE = "gatehouse.first-proof.made";

    private static final String MAIL = "gatehouse.first-proof.mail";

    /** Note of the user session: it comes from the sign-in that was the first proof of this user. */
    private static final String PROVED = "gatehouse.first-proof";

    private final AuthenticationSessionModel login;

    FirstProofTab(AuthenticationSessionModel login) {
        this.login = login;
    }

    /** The mail is proved, and a second factor is still to come. */
    void await(UserModel user, Instant now) {
        login.setAuthNote(USER, user.getId());
        login.setAuthNote(BEGAN, now.toString());
        login.removeAuthNote(MADE);
    }

    /** Whether the whole sign-in is to be the first proof of {@code user}. */
    boolean awaits(UserModel user) {
        return user.getId().equals(login.getAuthNote(USER));
    }

    /** Whether the first proof of {@code user} was completed elsewhere, after it began here. */
    boolean cameTooLate(UserModel user) {
        Optional<Instant> began = Optional.ofNullable(login.getAuthNote(BEGAN)).map(Instant::parse);
        return Unproven.provedAt(user)
                .filter(proved -> began.filter(proved::isAfter).isPresent())
                .isPresent();
    }

    /** The mail of {@code user} is proved in this sign-in, and there was nothing to take back. */
    void provedMail(UserModel user, Instant now) {
        login.setAuthNote(MAIL, user.getId() + " " + now);
    }

    /** Whether the mail of {@code user} was proved in this sign-in at {@code time} or later. */
    boolean provedMailSince(UserModel user, Instant time) {
        String prefix = user.getId() + " ";
        return Optional.ofNullable(login.getAuthNote(MAIL))
                .filter(note -> note.startsWith(prefix))
                .map(note -> Instant.parse(note.substring(prefix.length())))
                .filter(proved -> !proved.isBefore(time))
                .isPresent();
    }

    /** The sign-in itself made this, so its first proof spares it. */
    void made(CredentialModel credential) {
        remember(of(credential));
    }

    /** As {@link #made(CredentialModel)}. */
    void made(FederatedIdentityModel link) {
        remember(of(link));
    }

    boolean hasMade(CredentialModel credential) {
        return remembered().contains(of(credential));
    }

    boolean hasMade(FederatedIdentityModel link) {
        return remembered().contains(of(link));
    }

    /** The first proof happened in this sign-in; {@code signedIn} is what came of it, or null if it still goes on. */
    void proved(UserModel user, @Nullable UserSessionModel signedIn) {
        login.removeAuthNote(USER);
        login.removeAuthNote(BEGAN);
        login.removeAuthNote(MADE);
        // Keycloak has copied the notes already where there is a session.
        login.setUserSessionNote(PROVED, user.getId());
        if (signedIn != null) {
            signedIn.setNote(PROVED, user.getId());
        }
    }

    /** Whether the first proof of {@code user} happened in this sign-in. */
    boolean isOfTheProof(UserModel user) {
        return user.getId().equals(login.getUserSessionNotes().get(PROVED));
    }

    /** Whether {@code signedIn} comes from the sign-in that was the first proof of its user. */
    static boolean isOfTheProof(UserSessionModel signedIn, UserModel user) {
        return user.getId().equals(signedIn.getNote(PROVED));
    }

    /** The id of the user session that this sign-in leads to. */
    String sessionId() {
        return login.getParentSession().getId();
    }

    /** The id of the client that this sign-in is for. */
    String clientId() {
        return login.getClient().getId();
    }

    private Set<String> remembered() {
        @Nullable String notes = login.getAuthNote(MADE);
        return notes == null ? Set.of() : new LinkedHashSet<>(Arrays.asList(notes.split(" ", -1)));
    }

    private void remember(String hash) {
        Set<String> all = new LinkedHashSet<>(remembered());
        all.add(hash);
        login.setAuthNote(MADE, String.join(" ", all));
    }

    /** With the secret in it: who changes the password afterwards, elsewhere, makes it another one under the same id. */
    private static String of(CredentialModel credential) {
        return Secret.hash(credential.getType() + " " + credential.getId() + " " + credential.getSecretData());
    }

    private static String of(FederatedIdentityModel link) {
        return Secret.hash(link.getIdentityProvider() + " " + link.getUserId());
    }
}
