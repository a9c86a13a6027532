// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.gatehouse.magiclink.FirstProofRemoval.Kind;
import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.mail.MailTransactions;
import dev.gatehouse.spi.mail.RealmTransactions;
import org.junit.jupiter.api.Test;
import org.keycloak.email.EmailException;
import org.keycloak.events.EventType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FirstProofMailTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final TakenAccount taken = new TakenAccount();
    private final RealmTransactions transactions = MailTransactions.of(taken.server.factory(), "realm-1");
    private final FirstProofMail mail = new FirstProofMail(
            "realm-1", "user-kim", Accounts.hashOf("kim@example.org"), List.of(Kind.PASSWORD, Kind.BROKER_LINK), AT);

    @Test
    void itSaysWhatWasRemovedAndWhen() throws MailFailure {
        MailTransactions.carryOut(mail, taken.server.factory());

        assertThat(taken.mails.all()).singleElement().satisfies(sent -> {
            assertThat(sent.to()).isEqualTo("kim@example.org");
            assertThat(sent.subjectKey()).isEqualTo("gatehouseFirstProofMailSubject");
            assertThat(sent.subjectParts()).containsExactly("shop");
            assertThat(sent.template()).isEqualTo("gatehouse-first-proof.ftl");
            assertThat(sent.attributes())
                    .containsEntry("gatehouseRemoved", List.of("password", "broker_link"))
                    .containsEntry("gatehouseTime", "1. März 2026, 10:00 UTC");
        });
        assertThat(taken.server.events()).isEmpty();
    }

    @Test
    void itGoesNowhereButToTheAddressThatWasProved() throws MailFailure {
        taken.kim.email("other@example.org");
        MailTransactions.carryOut(mail, taken.server.factory());

        taken.kim.email(null);
        MailTransactions.carryOut(mail, taken.server.factory());

        taken.server.delete(taken.realm, taken.kim);
        MailTransactions.carryOut(mail, taken.server.factory());

        assertThat(taken.mails.all()).isEmpty();
    }

    @Test
    void aFailureIsForTheQueueToRepeat() {
        taken.mails.fail(new EmailException("down"));

        assertThatThrownBy(() -> mail.send(transactions)).isInstanceOf(MailFailure.class);
        assertThat(taken.server.events()).isEmpty();
    }

    @Test
    void theAuditLogTellsWhenItWasGivenUp() {
        mail.gaveUp(transactions, "mail_failed");
        mail.refused(transactions, "mail_queue_full");

        assertThat(taken.server.events()).allSatisfy(event -> {
            assertThat(event.getType()).isEqualTo(EventType.SEND_VERIFY_EMAIL_ERROR);
            assertThat(event.getUserId()).isEqualTo("user-kim");
            assertThat(event.getDetails()).containsEntry("gatehouse_first_proof", "true");
        });
        assertThat(taken.server.events())
                .extracting(event -> event.getDetails().get("gatehouse_reason"))
                .containsExactly("mail_failed", "mail_queue_full");
    }

    @Test
    void itIsOfUseForADayAndWaitsInTheLaneOfItsMailbox() {
        assertThat(mail.until()).isEqualTo(AT.plus(Duration.ofDays(1)));
        assertThat(mail.lane()).isEqualTo("realm-1 " + Accounts.hashOf("Kim@Example.org"));
        assertThat(mail.toString()).doesNotContain("kim@example.org");
    }
}
