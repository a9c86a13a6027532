// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.EventRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** A mail server that is down or slow is the operator's trouble, not the person's. */
@ExtendWith(KeycloakServer.class)
class MailTroubleIT {

    private final Gatehouse gatehouse;

    MailTroubleIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @Test
    @AllowedInLog({
        "a sign-in mail could not be sent",
        "KC-SERVICES0029",
        "org\\.eclipse\\.angus\\.mail|jakarta\\.mail|java\\.net\\.ConnectException|org\\.keycloak\\.email"
    })
    void whileTheMailServerIsDownThePageIsTheSameAndTheAuditLogTells() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.mail().close();
        try {
            LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

            assertThat(signIn.status()).isEqualTo("{\"state\":\"waiting\"}");
            Optional<EventRepresentation> failed = Eventually.get(
                    () -> gatehouse.events("SEND_VERIFY_EMAIL_ERROR").stream()
                            .filter(event -> pat.id().equals(event.getUserId()))
                            .findFirst(),
                    Optional::isPresent);
            assertThat(failed.orElseThrow().getDetails()).containsEntry("gatehouse_reason", "mail_failed");
        } finally {
            gatehouse.mail().reopen();
        }
        LinkSignIn later = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
        later.confirm(later.link());
        assertThat(later.goOn().isAtStop()).isTrue();
    }

    @Test
    @AllowedInLog({
        "KC-SERVICES0029",
        "org\\.eclipse\\.angus\\.mail|jakarta\\.mail|java\\.net\\.ConnectException|org\\.keycloak\\.email"
    })
    void aMailThatCouldNotBeSentAtOnceArrivesOnceTheServerIsBack() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn;
        gatehouse.mail().close();
        try {
            signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
        } finally {
            gatehouse.mail().reopen();
        }

        signIn.confirm(gatehouse
                .mail()
                .inbox(pat.address())
                .next(Duration.ofSeconds(60))
                .link());
        assertThat(signIn.goOn().isAtStop()).isTrue();
    }

    @Test
    void aSlowMailServerDoesNotKeepAnybodyWaiting() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.mail().answerAfter(Duration.ofSeconds(5));
        try {
            long start = System.nanoTime();
            LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
            Duration answered = Duration.ofNanos(System.nanoTime() - start);

            assertThat(List.of(signIn.status())).containsExactly("{\"state\":\"waiting\"}");
            assertThat(answered)
                    .as("two pages, with a mail server that takes 5 s")
                    .isLessThan(Duration.ofSeconds(5));
        } finally {
            gatehouse.mail().answerAfter(Duration.ZERO);
        }
        assertThat(gatehouse
                        .mail()
                        .inbox(pat.address())
                        .next(Duration.ofSeconds(60))
                        .links())
                .hasSize(1);
    }
}
