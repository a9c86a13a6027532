// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.Page;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.RoleModel;
import org.keycloak.services.managers.BruteForceProtector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class MintedStepTest {

    private static final String DEAD = "gatehouseMagicLinkMintedDead";

    private final MintJourney journey = new MintJourney();
    private final AtomicInteger shownAsAlways = new AtomicInteger();

    private RecordingFlowContext shows() {
        RecordingFlowContext context = journey.request();
        assertThat(journey.step(context).shows()).isTrue();
        return context;
    }

    private RecordingFlowContext asAlways() {
        RecordingFlowContext context = journey.request();
        assertThat(journey.step(context).shows()).isFalse();
        return context;
    }

    private RecordingFlowContext presses(String action) {
        RecordingFlowContext context = journey.request();
        assertThat(journey.step(context).acts(action, shownAsAlways::incrementAndGet))
                .isTrue();
        return context;
    }

    private void assertRefused(RecordingFlowContext context, String reason) {
        assertThat(shownAsAlways).hasValue(1);
        assertThat(context.user()).isNull();
        assertThat(context.info()).isEqualTo(DEAD);
        Event event = journey.server.events().get(journey.server.events().size() - 1);
        assertThat(event.getType()).isEqualTo(EventType.LOGIN_ERROR);
        assertThat(event.getDetails())
                .containsEntry("gatehouse_reason", reason)
                .containsEntry("gatehouse_way", "minted")
                .containsEntry("gatehouse_method", "magic_link");
        assertThat(event.getDetails().toString()).doesNotContain(MintJourney.ADDRESS, journey.token.reveal());
    }

    @Test
    void whoOpenedALinkIsAskedAndNothingHappensYet() {
        RecordingFlowContext context = shows();

        Page page = context.ended().shown();
        assertThat(context.ended().call()).isEqualTo("challenge");
        assertThat(page.template()).isEqualTo("gatehouse-magic-link-minted.ftl");
        assertThat(page.attributes())
                .containsEntry("gatehouseAddress", "k…@example.org")
                .containsEntry("gatehouseClient", "The App")
                .containsEntry("gatehouseExecution", "execution-1");
        assertThat(journey.works()).isTrue();
        assertThat(journey.server.events()).isEmpty();
    }

    @Test
    void reloadingAsksAgainAndTheTokenIsNotWhereKeycloakWouldKeepIt() {
        shows();

        assertThat(journey.tab.clientNotes()).isEmpty();
        assertThat(journey.tab.notes().values()).doesNotContain(journey.token.reveal());
        for (int i = 0; i < 5; i++) {
            shows();
        }
        assertThat(journey.works()).isTrue();
    }

    @Test
    void whoGoesOnIsInAndTheLinkIsUsed() {
        shows();

        RecordingFlowContext context = presses("minted");

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(context.user()).isSameAs(journey.kim.model());
        assertThat(journey.works()).isFalse();
        assertThat(context.event().getEvent().getDetails()).containsEntry("gatehouse_way", "minted");
        assertThat(shownAsAlways).hasValue(0);
    }

    @Test
    void noAddressIsVerifiedAndNothingThatIsDueIsTakenAway() {
        journey.kim.unverified().requiredActions().add("VERIFY_EMAIL");
        journey.tab.requiredActions().add("VERIFY_EMAIL");
        shows();

        presses("minted");

        assertThat(journey.kim.isVerified()).isFalse();
        assertThat(journey.kim.requiredActions()).containsExactly("VERIFY_EMAIL");
        assertThat(journey.tab.requiredActions()).containsExactly("VERIFY_EMAIL");
    }

    @Test
    void anotherWayLeavesTheLinkAsItIsAndTheTabForgetsIt() {
        shows();

        RecordingFlowContext context = presses("other-way");

        assertThat(shownAsAlways).hasValue(1);
        assertThat(context.info()).isNull();
        assertThat(journey.works()).isTrue();
        asAlways();
        assertThat(journey.server.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "resend", "change", "code", ""})
    void otherButtonsAreTheStepsOwn(String action) {
        RecordingFlowContext context = journey.request();

        assertThat(journey.step(context).acts(action, shownAsAlways::incrementAndGet))
                .isFalse();
        assertThat(journey.step(context).acts(null, shownAsAlways::incrementAndGet))
                .isFalse();
        assertThat(shownAsAlways).hasValue(0);
    }

    @Test
    void aTabWithoutALinkIsATabAsAlways() {
        journey.tab.clientNotes().clear();

        assertThat(asAlways().info()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"})
    void whatIsNoTokenIsNone(String text) {
        journey.tab.clientNotes().put("client_request_param_gatehouse_link", text);

        assertThat(asAlways().info()).isNull();
        assertThat(journey.tab.clientNotes()).isEmpty();
    }

    @Test
    void pressingGoOnWithoutALinkSaysThatThereIsNone() {
        journey.tab.clientNotes().clear();

        RecordingFlowContext context = presses("minted");

        assertThat(shownAsAlways).hasValue(1);
        assertThat(context.info()).isEqualTo(DEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-broker-login", "post-broker-login", "reset-credentials", "registration"})
    void onlyASignInAsks(String path) {
        RecordingFlowContext context = journey.request().in(path);

        assertThat(journey.step(context).shows()).isFalse();
        assertThat(journey.works()).isTrue();
        RecordingFlowContext posting = journey.request().in(path);
        journey.step(posting).acts("minted", shownAsAlways::incrementAndGet);
        assertThat(posting.user()).isNull();
        assertThat(journey.works()).isTrue();
    }

    @Test
    void aDeadLinkIsSaidOnceAndMakesNoEventBeforeSomebodyActs() {
        journey.time.pass(Duration.ofMinutes(5));

        assertThat(asAlways().info()).isEqualTo(DEAD);
        assertThat(asAlways().info()).isNull();
        assertThat(journey.server.events()).isEmpty();
    }

    @Test
    void aLinkThatIsOverBeforeTheAnswerSignsNobodyIn() {
        shows();
        journey.time.pass(Duration.ofMinutes(5));

        assertRefused(presses("minted"), "expired");
    }

    @Test
    void aLinkThatSomebodyElseHasUsedSignsNobodyIn() {
        shows();
        assertThat(journey.links()
                        .redeem(journey.token.hash(), "app", journey.link().redirectUri())
                        .accepted())
                .isPresent();

        assertRefused(presses("minted"), "not_found");
    }

    static Stream<Arguments> changes() {
        Consumer<MintJourney> disabled = journey -> journey.kim.disabled();
        Consumer<MintJourney> moved = journey -> journey.kim.email("other@example.org");
        Consumer<MintJourney> nowhere = journey -> journey.kim.email(null);
        Consumer<MintJourney> deleted = journey -> journey.server.delete(journey.realm, journey.kim);
        Consumer<MintJourney> service = journey -> journey.kim.serviceAccountOf("client");
        Consumer<MintJourney> unlisted = journey -> journey.realm.attribute("gatehouse.mint.clients", "other");
        Consumer<MintJourney> minter = journey -> journey.kim.role(realmRole(journey, "gatehouse-mint-links"));
        Consumer<MintJourney> locked = journey -> locks(journey, true, false);
        return Stream.of(
                arguments("disabled", disabled),
                arguments("address_changed", moved),
                arguments("no_address", nowhere),
                arguments("user_gone", deleted),
                arguments("service_account", service),
                arguments("client_not_allowed", unlisted),
                arguments("admin", minter),
                arguments("locked", locked));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everythingIsAskedAgainWhenTheLinkIsRedeemed(String reason, Consumer<MintJourney> change) {
        shows();
        change.accept(journey);

        assertRefused(presses("minted"), reason);
        assertThat(journey.works()).as("not used up").isTrue();
        journey.opened();
        assertThat(asAlways().info()).isEqualTo(DEAD);
    }

    @Test
    void aTemporaryLockClosesWhatCanBeGuessedAndNotTheLink() {
        locks(journey, false, true);

        shows();
        assertThat(presses("minted").user()).isSameAs(journey.kim.model());
    }

    @Test
    void aFlowThatIsAboutSomebodyElseNeitherAsksNorUsesTheLink() {
        FakeUser lee = journey.server.with(journey.realm, new FakeUser("user-lee", "lee", "lee@example.org"));
        shows();
        journey.tab.user(lee.model());

        assertThat(asAlways().info()).isNull();
        RecordingFlowContext context = presses("minted");

        assertThat(shownAsAlways).hasValue(1);
        assertThat(context.user()).isSameAs(lee.model());
        assertThat(journey.works()).isTrue();
        assertThat(journey.server.events())
                .extracting(event -> event.getDetails().get("gatehouse_reason"))
                .containsExactly("other_user");
    }

    @Test
    void aFlowThatIsAboutTheSamePersonAsks() {
        journey.tab.user(journey.kim.model());

        shows();
        assertThat(presses("minted").ended().call()).isEqualTo("success");
    }

    private static void locks(MintJourney journey, boolean permanently, boolean temporarily) {
        journey.realm.bruteForceProtected();
        journey.server.provide(
                BruteForceProtector.class,
                null,
                Stub.of(BruteForceProtector.class)
                        .is("isPermanentlyLockedOut", permanently)
                        .is("isTemporarilyDisabled", temporarily)
                        .get());
    }

    private static RoleModel realmRole(MintJourney journey, String name) {
        return Stub.of(RoleModel.class)
                .is("getName", name)
                .is("getContainer", journey.realm.model())
                .on("getCompositesStream", call -> Stream.empty())
                .get();
    }
}
