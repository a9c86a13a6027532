// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.secret.Secret;
import org.jspecify.annotations.Nullable;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a tab remembers of the mail it waits for. It lives in the tab's own notes, which no other browser reaches and
 * which a restart of the login clears: with the nonce gone, no approval fits any more.
 */
final class WaitingTab {

    private static final String NONCE = "gatehouse.magic-link.nonce";
    private static final String TOKEN_HASH = "gatehouse.magic-link.token-hash";
    private static final String EXECUTION = "gatehouse.magic-link.execution";
    private static final String BROWSER = "gatehouse.magic-link.browser";
    private static final String ADDRESS = "gatehouse.magic-link.address";
    private static final String EXPIRES = "gatehouse.magic-link.expires";
    private static final List<String> WAITING = List.of(NONCE, TOKEN_HASH, EXECUTION, BROWSER, ADDRESS, EXPIRES);

    private final AuthenticationSessionModel session;

    WaitingTab(AuthenticationSessionModel session) {
        this.session = session;
    }

    /** The tab's place, as the step {@code execution} of its flow. */
    Tab place(String execution) {
        return new Tab(session.getParentSession().getId(), session.getTabId(), execution);
    }

    /** Remembers a send. What the tab waited for before is forgotten. */
    void waitFor(Secret token, Secret nonce, String execution, String browser, String address, Instant expires) {
        session.setAuthNote(NONCE, nonce.reveal());
        session.setAuthNote(TOKEN_HASH, token.hash());
        session.setAuthNote(EXECUTION, execution);
        session.setAuthNote(BROWSER, browser);
        session.setAuthNote(ADDRESS, address);
        session.setAuthNote(EXPIRES, Long.toString(expires.toEpochMilli()));
    }

    /** Whether the step {@code execution} waits for a link here. */
    boolean waits(String execution) {
        return execution.equals(session.getAuthNote(EXECUTION)) && nonceHash().isPresent();
    }

    /** Whether the browser with this mark asked for the mail that the tab waits for. */
    boolean isAskedBy(Optional<String> mark) {
        return mark.filter(given -> given.equals(session.getAuthNote(BROWSER))).isPresent();
    }

    /** The nonce that the tab holds; empty if it waits for nothing. */
    Optional<Secret> nonce() {
        return Secret.parse(session.getAuthNote(NONCE));
    }

    /** The hash of the nonce that an approval must be stored under; empty if the tab waits for nothing. */
    Optional<String> nonceHash() {
        return nonce().map(Secret::hash);
    }

    /** The hash of the token of the mail that the tab waits for. */
    Optional<String> tokenHash() {
        return Optional.ofNullable(session.getAuthNote(TOKEN_HASH));
    }

    /** The address as the person typed it. */
    String address() {
        return Optional.ofNullable(session.getAuthNote(ADDRESS)).orElse("");
    }

    /** Whether the link that the tab waits for is not accepted any more. */
    boolean expired(Instant now) {
        return !now.isBefore(instant(EXPIRES));
    }

    /** The tab waits for nothing any more. */
    void forget() {
        WAITING.forEach(session::removeAuthNote);
    }

    private Instant instant(String note) {
        @Nullable String millis = session.getAuthNote(note);
        return millis == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
