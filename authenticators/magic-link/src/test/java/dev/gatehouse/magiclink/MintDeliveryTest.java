// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.mail.MailTransactions;
import dev.gatehouse.spi.mail.RealmTransactions;
import dev.gatehouse.spi.mail.Sending;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MintDeliveryTest {

    private final MintJourney journey = new MintJourney();
    private final RecordingMails mails = new RecordingMails();
    private final URI address = URI.create("https://id.example.org/start?t=" + journey.token.reveal());
    private final MintDelivery delivery = new MintDelivery("realm-1", journey.link(), address, Duration.ofMinutes(5));
    private final RealmTransactions transactions = MailTransactions.of(journey.server.factory(), "realm-1");

    @BeforeEach
    void provide() {
        journey.server.provide(EmailTemplateProvider.class, null, mails);
    }

    private Event onlyEvent() {
        assertThat(journey.server.events()).hasSize(1);
        Event event = journey.server.events().get(0);
        assertThat(event.getDetails().toString()).doesNotContain(journey.token.reveal(), MintJourney.ADDRESS);
        return event;
    }

    @Test
    void theLinkIsMailedToTheAccount() throws Exception {
        Optional<Sending> sending = delivery.prepare(transactions);
        sending.orElseThrow().send(transactions);

        assertThat(mails.newest().to()).isEqualTo(MintJourney.ADDRESS);
        assertThat(mails.newest().template()).isEqualTo("gatehouse-magic-link-minted.ftl");
        assertThat(mails.newest().attributes())
                .containsEntry("gatehouseLink", address.toString())
                .containsEntry("gatehouseClient", "The App")
                .containsEntry("gatehouseMinutes", 5L);
        assertThat(onlyEvent().getType()).isEqualTo(EventType.SEND_VERIFY_EMAIL);
        assertThat(onlyEvent().getDetails()).containsEntry("gatehouse_way", "minted");
    }

    @Test
    void anAccountThatHasAnotherAddressByNowGetsNoMail() throws Exception {
        journey.kim.email("other@example.org");

        delivery.send(transactions);

        assertThat(mails.all()).isEmpty();
        assertThat(onlyEvent().getDetails()).containsEntry("gatehouse_reason", "address_changed");
    }

    @Test
    void anAccountThatIsGoneGetsNoMail() throws Exception {
        journey.server.delete(journey.realm, journey.kim);

        delivery.send(transactions);

        assertThat(mails.all()).isEmpty();
    }

    @Test
    void aMailServerThatFailsIsTriedAgainByTheQueue() {
        mails.fail(new EmailException("down"));

        MailFailure failure = catchThrowableOfType(MailFailure.class, () -> delivery.send(transactions));

        assertThat(failure).isNotNull();
        assertThat(journey.server.events()).isEmpty();
        delivery.gaveUp(transactions, "mail_failed");
        assertThat(onlyEvent().getDetails()).containsEntry("gatehouse_reason", "mail_failed");
    }

    @Test
    void aQueueWithoutRoomIsTold() {
        delivery.refused(transactions, "mail_queue_full");

        assertThat(onlyEvent().getDetails()).containsEntry("gatehouse_reason", "mail_queue_full");
    }

    @Test
    void itIsOfNoUseAfterTheLinksEndAndWaitsInTheLaneOfItsRecipient() {
        assertThat(delivery.until()).isEqualTo(journey.link().expiresAt());
        assertThat(delivery.lane()).isEqualTo("realm-1 user-kim");
        assertThat(delivery.realmId()).isEqualTo("realm-1");
    }
}
