// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gatehouse.core.link.Redemption;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.mail.MailTransactions;
import dev.gatehouse.spi.mail.RealmTransactions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.email.EmailException;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.ModelDuplicateException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LinkDeliveryTest {

    private final Journey journey = new Journey();
    private final Secret token = Secret.parse("A".repeat(43)).orElseThrow();

    private void deliver(String address) throws MailFailure {
        journey.delivers(delivery(address));
    }

    private LinkDelivery delivery(String address) {
        return new LinkDelivery(journey.order(address, token), journey.settings(), journey::links);
    }

    private RealmTransactions transactions() {
        return MailTransactions.of(journey.server.factory(), "realm-1");
    }

    private Redemption looked() {
        return journey.links().look(token, journey.browser());
    }

    private static void isOurs(Event event) {
        assertThat(event.getRealmId()).isEqualTo("realm-1");
        assertThat(event.getClientId()).isEqualTo("app");
        assertThat(event.getIpAddress()).isEqualTo("192.0.2.7");
        assertThat(event.getDetails())
                .containsEntry("code_id", "root-1")
                .containsEntry("gatehouse_method", "magic_link");
        assertThat(event.getDetails().toString()).doesNotContain("@", "A".repeat(43));
    }

    private void notSent(String reason) {
        Event event = journey.onlyEvent();
        isOurs(event);
        assertThat(event.getType()).isEqualTo(EventType.SEND_VERIFY_EMAIL_ERROR);
        assertThat(event.getError()).isEqualTo("gatehouse_not_sent");
        assertThat(event.getDetails()).containsEntry("gatehouse_reason", reason);
    }

    private static Stream<Arguments> refused() {
        return Stream.of(
                refused("unknown_address", null, journey -> journey.server.delete(journey.realm, journey.kim)),
                refused("disabled", "user-kim", journey -> journey.kim.disabled()),
                refused("locked", "user-kim", journey -> journey.locks(true, false)),
                refused("service_account", "user-kim", journey -> journey.kim.serviceAccountOf("app")),
                refused("unverified", "user-kim", journey -> journey.kim.unverified()),
                refused("unknown_address", null, journey -> journey.server
                        .users()
                        .on("getUserByEmail", call -> {
                            throw new ModelDuplicateException("two");
                        })));
    }

    private static Arguments refused(String reason, @Nullable String user, Consumer<Journey> change) {
        return Arguments.of(reason, Optional.ofNullable(user), change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void anAccountThatMayNotSignInGetsARecordThatNobodyCanRedeem(
            String reason, Optional<String> user, Consumer<Journey> change) throws MailFailure {
        change.accept(journey);
        deliver(Journey.ADDRESS);

        Redemption looked = looked();
        assertThat(looked.refusal()).isEqualTo(Refusal.NOT_REDEEMABLE);
        assertThat(Objects.requireNonNull(looked.link()).userId()).isNull();
        assertThat(looked.link().addressHash()).isEqualTo(Accounts.hashOf(Journey.ADDRESS));
        assertThat(journey.server.objects().size()).isEqualTo(1);
        notSent(reason);
        assertThat(Optional.ofNullable(journey.onlyEvent().getUserId())).isEqualTo(user);
        assertThat(journey.mails.all()).noneMatch(mail -> mail.attributes().containsKey("gatehouseLink"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void onlyTheOwnerOfAnUnverifiedAddressIsWrittenTo(String reason, Optional<String> user, Consumer<Journey> change)
            throws MailFailure {
        change.accept(journey);
        deliver(Journey.ADDRESS);

        if (reason.equals("unverified")) {
            assertThat(user).contains("user-kim");
            assertThat(journey.mails.all()).singleElement().satisfies(mail -> {
                assertThat(mail.to()).isEqualTo(Journey.ADDRESS);
                assertThat(mail.template()).isEqualTo("gatehouse-magic-link-unverified.ftl");
                assertThat(mail.subjectKey()).isEqualTo("gatehouseMagicLinkUnverifiedMailSubject");
                assertThat(mail.attributes())
                        .containsEntry("gatehouseClient", "The App")
                        .containsEntry("gatehouseAddress", Journey.ADDRESS)
                        .doesNotContainKeys("gatehouseLink", "gatehouseCode");
            });
        } else {
            assertThat(journey.mails.all()).isEmpty();
        }
    }

    @Test
    void anAccountWithoutAnAddressThatTheFlowKnowsIsNotWrittenTo() throws MailFailure {
        journey.kim.email(null);
        journey.tab.user(journey.kim.model());
        journey.asksFor("");
        journey.delivers();

        assertThat(journey.mails.all()).isEmpty();
        assertThat(journey.onlyEvent().getUserId()).isEqualTo("user-kim");
        assertThat(journey.onlyEvent().getDetails()).containsEntry("gatehouse_reason", "no_address");
    }

    @Test
    void aGoodAccountGetsItsLinkByMail() throws MailFailure {
        journey.realm.displayName("The Shop");
        deliver(Journey.ADDRESS);

        assertThat(looked().accepted()).hasValueSatisfying(link -> {
            assertThat(link.userId()).isEqualTo("user-kim");
            assertThat(link.clientId()).isEqualTo("app");
            assertThat(link.clientData()).isEqualTo("client-data");
            assertThat(link.redeemable()).isTrue();
        });
        assertThat(journey.mails.all()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo(Journey.ADDRESS);
            assertThat(mail.template()).isEqualTo("gatehouse-magic-link.ftl");
            assertThat(mail.subjectKey()).isEqualTo("gatehouseMagicLinkMailSubject");
            assertThat(mail.subjectParts()).containsExactly("The Shop");
            assertThat(mail.token()).isEqualTo(token);
            assertThat(mail.attributes())
                    .containsEntry("gatehouseClient", "The App")
                    .containsEntry("gatehouseAddress", Journey.ADDRESS)
                    .containsEntry("gatehouseMinutes", 15L)
                    .containsEntry("gatehouseCode", "123 456")
                    .containsEntry("gatehouseFrom", "192.0.2.7")
                    .containsEntry("gatehouseDevice", "Firefox, Linux")
                    .hasEntrySatisfying(
                            "gatehouseTime", when -> assertThat(when.toString()).contains("UTC"));
        });
        Event event = journey.onlyEvent();
        isOurs(event);
        assertThat(event.getType()).isEqualTo(EventType.SEND_VERIFY_EMAIL);
        assertThat(event.getError()).isNull();
        assertThat(event.getUserId()).isEqualTo("user-kim");
    }

    @Test
    void theMailGoesToTheStoredAddressWhateverItsSpelling() throws MailFailure {
        journey.kim.email("Kim@Example.org");
        deliver(Journey.ADDRESS);

        assertThat(journey.mails.newest().to()).isEqualTo("Kim@Example.org");
        assertThat(looked().accepted())
                .hasValueSatisfying(link -> assertThat(link.addressHash()).isEqualTo(Accounts.hashOf(Journey.ADDRESS)));
    }

    @Test
    void theRecordIsCommittedBeforeTheMailLeaves() throws MailFailure {
        List<Boolean> worked = new ArrayList<>();
        journey.mails.beforeSending(() -> worked.add(looked().accepted().isPresent()));
        deliver(Journey.ADDRESS);

        assertThat(worked).containsExactly(true);
    }

    @Test
    void mailsToOneAddressGoOneAfterTheOtherHoweverItIsSpelled() {
        String lane = delivery("kim@example.org").lane();

        assertThat(delivery(" KIM@example.org").lane()).isEqualTo(lane);
        assertThat(delivery("lee@example.org").lane()).isNotEqualTo(lane);
        assertThat(lane).startsWith("realm-1 ").doesNotContain("kim");
    }

    @Test
    void aLinkThatWouldBeDeadOnArrivalIsNotMailed() throws MailFailure {
        LinkDelivery late = delivery(Journey.ADDRESS);
        journey.time.pass(Duration.ofMinutes(15));
        journey.delivers(late);

        assertThat(journey.mails.all()).isEmpty();
        notSent("mail_too_late");
    }

    @Test
    void theMailThatSaysHowToVerifyIsNeverTooLateAndItsFailureIsNoSecondEvent() throws MailFailure {
        journey.kim.unverified();
        LinkDelivery late = delivery(Journey.ADDRESS);
        journey.time.pass(Duration.ofMinutes(15));
        journey.delivers(late);
        assertThat(journey.mails.newest().template()).isEqualTo("gatehouse-magic-link-unverified.ftl");
        notSent("unverified");

        Journey failing = new Journey();
        failing.kim.unverified();
        failing.mails.fail(new EmailException("no relay"));
        LinkDelivery delivery =
                new LinkDelivery(failing.order(Journey.ADDRESS, token), failing.settings(), failing::links);
        assertThat(catchThrowableOfType(MailFailure.class, () -> failing.delivers(delivery)))
                .isNotNull();
        assertThat(failing.onlyEvent().getDetails()).containsEntry("gatehouse_reason", "unverified");
    }

    @Test
    void aMailThatFailsIsAnEventAndAFailureThatTellsNoAddress() {
        journey.mails.fail(new EmailException("no relay for " + Journey.ADDRESS));
        MailFailure failure = catchThrowableOfType(MailFailure.class, () -> deliver(Journey.ADDRESS));

        assertThat(failure).hasMessage("a sign-in mail could not be sent");
        notSent("mail_failed");
        assertThat(journey.onlyEvent().getUserId()).isEqualTo("user-kim");
    }

    @Test
    void anAccountThatIsDeletedInBetweenGetsNoMail() throws MailFailure {
        journey.server.users().on("getUserById", call -> null);
        deliver(Journey.ADDRESS);

        assertThat(journey.mails.all()).isEmpty();
        assertThat(journey.events()).isEmpty();
    }

    @Test
    void inARealmThatIsGoneNothingHappens() throws MailFailure {
        LinkDelivery delivery = delivery(Journey.ADDRESS);
        journey.server.delete(journey.realm);
        journey.delivers(delivery);

        assertThat(journey.mails.all()).isEmpty();
        assertThat(journey.events()).isEmpty();
    }

    @Test
    void aFullQueueIsAnEventThatTellsOfNoAccount() {
        journey.forbidLookingForAccounts();
        delivery(Journey.ADDRESS).refused(transactions(), "mail_queue_full");

        notSent("mail_queue_full");
        assertThat(journey.onlyEvent().getUserId()).isNull();
        assertThat(journey.server.objects().size()).isZero();
    }

    @Test
    void aMailSpeaksOfOneMinuteAtLeastAndOfTheRealmsNameWhereThereIsNoOther() throws MailFailure {
        journey.realm.configure(journey.step, Map.of("lifetime", "10s"));
        journey.receives(Journey.ADDRESS);

        assertThat(journey.mails.newest().attributes()).containsEntry("gatehouseMinutes", 1L);
        assertThat(journey.mails.newest().subjectParts()).containsExactly("shop");
    }

    @Test
    void anAddressThatGotItsMailsGetsARecordThatOpensNothingAndNoMail() throws MailFailure {
        journey.delivers(
                new LinkDelivery(journey.droppedOrder(Journey.ADDRESS, token), journey.settings(), journey::links));

        notSent("rate_limited");
        assertThat(journey.mails.all()).isEmpty();
        assertThat(looked().refusal()).isEqualTo(Refusal.NOT_REDEEMABLE);
    }
}
