// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gatehouse.core.link.Link;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.Page;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.RecordingFlowContext.Terminal;
import dev.gatehouse.spi.hostname.FixedHostname;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.settings.StepSettings;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.urls.UrlType;

import static org.assertj.core.api.Assertions.assertThat;

/** Each request ends in exactly one call on the flow, which {@link RecordingFlowContext#ended} checks. */
class MagicLinkAuthenticatorTest {

    private static final String ADDRESS_PAGE = "gatehouse-magic-link.ftl";
    private static final String SENT_PAGE = "gatehouse-magic-link-sent.ftl";
    private static final String REFUSED = "gatehouseMagicLinkRefusedInvalidTitle";

    private final CapturedLog settingsLog = new CapturedLog(StepSettings.class);
    private final CapturedLog hostnameLog = new CapturedLog(FixedHostname.class);
    private final Journey journey = new Journey();

    @AfterEach
    void endLogs() {
        settingsLog.close();
        hostnameLog.close();
    }

    private static Page challenged(RecordingFlowContext context) {
        Terminal terminal = context.ended();
        assertThat(terminal.call()).isEqualTo("challenge");
        assertThat(terminal.shown().status()).isEqualTo(Response.Status.OK);
        return terminal.shown();
    }

    private static Page asksForAddress(RecordingFlowContext context) {
        Page page = challenged(context);
        assertThat(page.template()).isEqualTo(ADDRESS_PAGE);
        assertThat(page.attributes()).containsEntry("gatehouseExecution", "execution-1");
        return page;
    }

    private static Page waits(RecordingFlowContext context) {
        Page page = challenged(context);
        assertThat(page.template()).isEqualTo(SENT_PAGE);
        assertThat(page.errors()).isEmpty();
        return page;
    }

    private static void unavailable(RecordingFlowContext context) {
        Terminal terminal = context.ended();
        // Neither a failure nor a failed challenge: both would count against the account.
        assertThat(terminal.call()).isEqualTo("forceChallenge");
        assertThat(terminal.shown().status()).isEqualTo(Response.Status.INTERNAL_SERVER_ERROR);
        assertThat(terminal.shown().errorKeys()).containsExactly("gatehouseMagicLinkUnavailable");
    }

    private void refusesToFinish(String reason) {
        assertThat(journey.tab.user()).isNull();
        assertThat(journey.waiting().nonceHash()).isEmpty();
        Event event = journey.events().get(journey.events().size() - 1);
        assertThat(event.getType()).isEqualTo(EventType.LOGIN_ERROR);
        assertThat(event.getError()).isEqualTo("invalid_user_credentials");
        assertThat(event.getDetails())
                .containsEntry("gatehouse_reason", reason)
                .containsEntry("gatehouse_method", "magic_link");
    }

    @Test
    void theStepFirstAsksForAnAddress() {
        Page page = asksForAddress(journey.shows());

        assertThat(page.errors()).isEmpty();
        assertThat(page.attributes())
                .containsEntry("gatehouseAddress", "")
                .containsEntry("gatehouseAddressFixed", false)
                .containsEntry("gatehouseRememberMe", false);
        assertThat(journey.queue.jobs()).isEmpty();
        assertThat(journey.events()).isEmpty();
    }

    @Test
    void whatTheClientHintedStandsInTheField() {
        journey.tab.clientNotes().put("login_hint", "hint@example.org");

        assertThat(asksForAddress(journey.shows()).attributes()).containsEntry("gatehouseAddress", "hint@example.org");
    }

    @Test
    void whereTheFlowKnowsTheUserItsNameIsShownAndItsAddressIsNot() {
        journey.tab.user(journey.kim.model());
        journey.tab.clientNotes().put("login_hint", "hint@example.org");

        assertThat(asksForAddress(journey.shows()).attributes())
                .containsEntry("gatehouseAddress", "kim")
                .containsEntry("gatehouseAddressFixed", true);
        assertThat(waits(journey.presses("send")).attributes()).containsEntry("gatehouseAddress", "kim");
        journey.tab.notes().put("ATTEMPTED_USERNAME", "Kim as typed");
        assertThat(asksForAddress(journey.presses("change")).attributes())
                .containsEntry("gatehouseAddress", "Kim as typed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "kim",
                "@example.org",
                "kim@",
                "kim@@example.org",
                "a@b@example.org",
                "kim @example.org",
                "kim@exam ple.org",
                "Kim <kim@example.org>",
                "\"kim\"@example.org",
                "kim@example.org,eve@example.org",
                "kim@example.org;eve@example.org",
                "kim@example.org\r\nBcc: eve@example.org",
                "kim\u00a0x@example.org",
                "kim\\@example.org",
                // What nobody sees, and what a database refuses as text.
                "kim\u0000@example.org",
                "kim\u0007@example.org",
                "kim@example\u001b.org",
                "kim@example\u2028.org",
                "kim\u200b@example.org",
                "kim\u202e@example.org",
                "kim\ud800@example.org",
            })
    void aTextThatIsNoAddressIsAskedForAgainAndSpendsNothing(String typed) {
        Page page = asksForAddress(journey.asksFor(typed));

        assertThat(page.errorKeys()).containsExactly("gatehouseMagicLinkAddressInvalid");
        assertThat(page.errors().get(0).getField()).isEqualTo("email");
        assertThat(page.attributes()).containsEntry("gatehouseAddress", typed);
        assertThat(journey.queue.jobs()).isEmpty();
        waits(journey.asksFor(Journey.ADDRESS));
    }

    @Test
    void anAddressIsAsLongAsMailAllows() {
        assertThat(asksForAddress(journey.asksFor("a".repeat(243) + "@example.org"))
                        .errorKeys())
                .containsExactly("gatehouseMagicLinkAddressInvalid");
        waits(journey.asksFor("a".repeat(242) + "@example.org"));
    }

    @Test
    void anAddressIsAcceptedAndTheTabWaits() {
        Page page = waits(journey.asksFor(Journey.ADDRESS));

        assertThat(page.attributes())
                .containsEntry("gatehouseAddress", Journey.ADDRESS)
                .containsEntry("gatehouseMinutes", 15L)
                .containsEntry("gatehouseResendIn", 30L)
                .containsEntry("gatehouseExpired", false)
                .containsEntry("gatehouseNotYet", false)
                .containsEntry("gatehousePollMillis", 2000L)
                .containsEntry("gatehouseContinueUrl", "https://id.example.org/refresh")
                .containsEntry(
                        "gatehouseStatusUrl",
                        "http://localhost:8080/realms/shop/gatehouse-magic-link/status?client_id=app&tab_id=tab-1");
        assertThat(journey.queue.jobs()).hasSize(1);
        assertThat(journey.events()).isEmpty();
    }

    @Test
    void theAnswerToAnUnknownAddressIsTheSame() {
        Page known = waits(journey.asksFor(Journey.ADDRESS));
        Journey other = new Journey();
        other.forbidLookingForAccounts();
        Page unknown = waits(other.asksFor("nobody@example.org"));

        assertThat(unknown.template()).isEqualTo(known.template());
        assertThat(unknown.status()).isEqualTo(known.status());
        assertThat(unknown.attributes()).containsEntry("gatehouseAddress", "nobody@example.org");
        assertThat(without(unknown.attributes(), "gatehouseAddress"))
                .isEqualTo(without(known.attributes(), "gatehouseAddress"));
        assertThat(other.tab.notes().keySet()).isEqualTo(journey.tab.notes().keySet());
    }

    private static Map<String, Object> without(Map<String, Object> attributes, String name) {
        Map<String, Object> rest = new HashMap<>(attributes);
        rest.remove(name);
        return rest;
    }

    @Test
    void whereTheFlowKnowsTheUserWhatIsTypedDoesNotCount() throws MailFailure {
        journey.tab.user(journey.kim.model());
        waits(journey.asksFor("eve@example.org"));
        journey.delivers();

        assertThat(journey.mails.newest().to()).isEqualTo(Journey.ADDRESS);
    }

    @Test
    void aKnownUserWithoutAnAddressGetsTheSamePage() throws MailFailure {
        journey.kim.email(null);
        journey.tab.user(journey.kim.model());
        waits(journey.asksFor(""));
        journey.delivers();

        assertThat(journey.mails.all()).isEmpty();
        assertThat(journey.onlyEvent().getDetails()).containsEntry("gatehouse_reason", "no_address");
    }

    @Test
    void aReloadGoesOnWaitingAndSendsNothing() {
        journey.asksFor(Journey.ADDRESS);
        journey.time.pass(Duration.ofMillis(4_500));

        assertThat(waits(journey.shows()).attributes())
                .containsEntry("gatehouseResendIn", 26L)
                .containsEntry("gatehouseNotYet", false);
        assertThat(journey.queue.jobs()).hasSize(1);
    }

    @Test
    void aTabWhoseLinkIsOverSaysSo() {
        journey.asksFor(Journey.ADDRESS);
        journey.time.pass(Duration.ofMinutes(15));

        assertThat(waits(journey.shows()).attributes()).containsEntry("gatehouseExpired", true);
    }

    @Test
    void whoAsksTooSoonGoesOnWaitingForTheFirstMail() throws MailFailure {
        Secret token = journey.receives(Journey.ADDRESS);
        journey.time.pass(Duration.ofSeconds(29));

        waits(journey.presses("resend"));
        waits(journey.asksFor(Journey.ADDRESS));
        assertThat(journey.queue.jobs()).hasSize(1);
        assertThat(journey.works(token)).isTrue();
    }

    @Test
    void whoAsksTooSoonWithNothingToWaitForIsToldHowLong() {
        journey.asksFor(Journey.ADDRESS);
        journey.presses("change");
        Page page = asksForAddress(journey.asksFor("lee@example.org"));

        assertThat(page.errorKeys()).containsExactly("gatehouseMagicLinkWait");
        assertThat(page.errors().get(0).getParameters()).containsExactly(30L);
        assertThat(page.attributes()).containsEntry("gatehouseAddress", "lee@example.org");
        assertThat(journey.queue.jobs()).hasSize(1);
    }

    @Test
    void askingTooSoonInAnotherTabOfTheSameBrowserIsTooSoon() {
        journey.asksFor(Journey.ADDRESS);
        RecordingFlowContext other = new RecordingFlowContext(
                        journey.session(),
                        journey.realm,
                        journey.login.tab("tab-2", journey.tab.client()),
                        journey.step)
                .posting("gatehouseAction", "send")
                .posting("email", "lee@example.org");
        journey.authenticator.action(other.model());

        assertThat(asksForAddress(other).errorKeys()).containsExactly("gatehouseMagicLinkWait");
    }

    @Test
    void anotherMailReplacesTheFirst() throws MailFailure {
        Secret first = journey.receives(Journey.ADDRESS);
        journey.time.pass(Duration.ofSeconds(30));
        waits(journey.presses("resend"));
        journey.delivers();
        Secret second = journey.mails.newest().token();

        assertThat(journey.mails.newest().to()).isEqualTo(Journey.ADDRESS);
        assertThat(journey.looked(first)).as("its record is gone").contains(Refusal.NOT_FOUND);
        assertThat(journey.works(second)).isTrue();
    }

    @Test
    void anotherAddressCanBeTypedAndCancelsTheMail() throws MailFailure {
        Secret token = journey.receives(Journey.ADDRESS);
        Page page = asksForAddress(journey.presses("change"));

        assertThat(page.errors()).isEmpty();
        assertThat(journey.waiting().nonceHash()).isEmpty();
        assertThat(journey.looked(token)).as("its record is gone").contains(Refusal.NOT_FOUND);
        asksForAddress(journey.shows());
    }

    @Test
    void whoGoesOnTooEarlyIsToldToWait() {
        journey.asksFor(Journey.ADDRESS);

        assertThat(waits(journey.presses("continue")).attributes()).containsEntry("gatehouseNotYet", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SEND", "approve", "success", "\u0000", "continue"})
    void anActionThatIsNoneChangesNothing(String action) {
        asksForAddress(journey.presses(action));
        journey.asksFor(Journey.ADDRESS);
        Map<String, String> before = Map.copyOf(journey.tab.notes());
        waits(journey.presses(action));

        assertThat(journey.tab.notes()).isEqualTo(before);
        assertThat(journey.queue.jobs()).hasSize(1);
    }

    @Test
    void aPostWithoutParametersChangesNothing() {
        asksForAddress(journey.posts(Map.of()));
        assertThat(asksForAddress(journey.presses("send")).errorKeys())
                .containsExactly("gatehouseMagicLinkAddressInvalid");
        journey.asksFor(Journey.ADDRESS);
        waits(journey.posts(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resend", "change"})
    void theButtonsOfTheWaitingPageNeedATabThatWaits(String action) {
        assertThat(asksForAddress(journey.presses(action)).errors()).isEmpty();
        assertThat(journey.queue.jobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"continue", "send", "resend", "anything"})
    void afterApprovalWhateverIsPressedSignsIn(String action) throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        RecordingFlowContext context = journey.presses(action);

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(context.user()).isSameAs(journey.kim.model());
    }

    @Test
    void whoTurnsToAnotherAddressAfterApprovalIsNotSignedInByTheFirst() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        asksForAddress(journey.presses("change"));

        asksForAddress(journey.shows());
        asksForAddress(journey.presses("continue"));
    }

    @Test
    void whoAsksForAnotherAddressAfterApprovalIsNotSignedInByTheFirst() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        // Too soon for another mail, but the first one has lost its effect all the same.
        asksForAddress(journey.asksFor("lee@example.org"));

        asksForAddress(journey.shows());
    }

    @Test
    void whoHasTheLoginButNotTheCookieOfTheBrowserThatAskedDoesNotFinish() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        Map<String, Cookie> asking = Map.copyOf(journey.server.cookies());
        journey.server.cookies().clear();

        waits(journey.shows());
        waits(journey.presses("continue"));
        assertThat(journey.tab.user()).isNull();

        journey.server.cookies().putAll(asking);
        assertThat(journey.shows().ended().call()).isEqualTo("success");
    }

    @Test
    void theCookieIsForThisHostOnlyAndNotForScripts() {
        journey.asksFor(Journey.ADDRESS);

        assertThat(journey.server.cookies()).hasSize(1);
        NewCookie cookie =
                (NewCookie) journey.server.cookies().values().iterator().next();
        boolean secure = journey.session()
                .model()
                .getContext()
                .getUri(UrlType.FRONTEND)
                .getBaseUri()
                .getScheme()
                .equals("https");
        assertThat(cookie.getName()).isEqualTo(secure ? "__Host-gatehouse-link" : "gatehouse-link");
        assertThat(cookie.isSecure()).isEqualTo(secure);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getDomain()).isNull();
        assertThat(cookie.getSameSite()).isEqualTo(NewCookie.SameSite.LAX);
    }

    @Test
    void askingForTheSameAddressAfterApprovalSignsIn() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));

        assertThat(journey.asksFor(" " + Journey.ADDRESS.toUpperCase(java.util.Locale.ROOT))
                        .ended()
                        .call())
                .isEqualTo("success");
    }

    @Test
    void afterApprovalTheTabsOwnReloadSignsIn() throws MailFailure {
        journey.tab.requiredActions().add("VERIFY_EMAIL");
        journey.confirms(journey.receives(Journey.ADDRESS));
        RecordingFlowContext context = journey.shows();

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(context.user()).isSameAs(journey.kim.model());
        assertThat(journey.waiting().nonceHash()).isEmpty();
        assertThat(journey.tab.requiredActions()).isEmpty();
        assertThat(journey.tab.notes()).containsEntry("ATTEMPTED_USERNAME", "kim");
        Event event = context.event().getEvent();
        assertThat(event.getType()).isEqualTo(EventType.LOGIN);
        assertThat(event.getUserId()).isEqualTo("user-kim");
        assertThat(event.getDetails())
                .containsEntry("gatehouse_method", "magic_link")
                .containsEntry(Details.USERNAME, "kim");
    }

    @Test
    void anApprovalWorksOnce() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        Map<String, String> notes = Map.copyOf(journey.tab.notes());
        assertThat(journey.shows().ended().call()).isEqualTo("success");
        journey.tab.user(null);
        journey.tab.notes().putAll(notes);

        waits(journey.shows());
    }

    @Test
    void anApprovalOfAnotherTabOrAnotherStepDoesNotCount() throws MailFailure {
        Link link = journey.confirms(journey.receives(Journey.ADDRESS));
        assertThat(link.tab().tabId()).isEqualTo("tab-1");
        RecordingFlowContext other = new RecordingFlowContext(
                journey.session(), journey.realm, journey.login.tab("tab-2", journey.tab.client()), journey.step);
        journey.authenticator.authenticate(other.model());
        asksForAddress(other);
        RecordingFlowContext elsewhere = new RecordingFlowContext(
                journey.session(),
                journey.realm,
                journey.tab,
                journey.realm.step("execution-2", MagicLinkAuthenticatorFactory.PROVIDER_ID));
        journey.authenticator.authenticate(elsewhere.model());

        assertThat(challenged(elsewhere).template()).isEqualTo(ADDRESS_PAGE);
        assertThat(journey.tab.user()).isNull();
    }

    @Test
    void aButtonOfAnotherStepDoesNotUseTheApprovalUp() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        RecordingFlowContext elsewhere = new RecordingFlowContext(
                journey.session(),
                journey.realm,
                journey.tab,
                journey.realm.step("execution-2", MagicLinkAuthenticatorFactory.PROVIDER_ID));
        journey.authenticator.action(elsewhere.model());
        assertThat(challenged(elsewhere).template()).isEqualTo(ADDRESS_PAGE);

        assertThat(journey.shows().ended().call()).isEqualTo("success");
    }

    @Test
    void aNonceThatWasCarriedToAnotherTabDoesNotFinishThere() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        FakeTab stolen = journey.login.tab("tab-2", journey.tab.client());
        stolen.notes().putAll(journey.tab.notes());
        RecordingFlowContext other = new RecordingFlowContext(journey.session(), journey.realm, stolen, journey.step);
        journey.authenticator.authenticate(other.model());

        waits(other);
        assertThat(other.user()).isNull();
    }

    @Test
    void aRestartOfTheLoginVoidsTheApproval() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        journey.tab.notes().clear();

        asksForAddress(journey.shows());
    }

    @Test
    void theSameUserCanFinishWhereTheFlowKnewItBefore() throws MailFailure {
        journey.tab.user(journey.kim.model());
        journey.confirms(journey.receives(""));

        assertThat(journey.shows().ended().call()).isEqualTo("success");
    }

    private static Stream<Arguments> changes() {
        return Stream.of(
                change("user_gone", journey -> journey.server.delete(journey.realm, journey.kim)),
                change("disabled", journey -> journey.kim.disabled()),
                change("address_changed", journey -> journey.kim.email("kim@example.com")),
                change("no_address", journey -> journey.kim.email(null)),
                change("unverified", journey -> journey.kim.unverified()),
                change("service_account", journey -> journey.kim.serviceAccountOf("app")),
                change("locked", journey -> journey.locks(true, false)));
    }

    private static Arguments change(String reason, Consumer<Journey> change) {
        return Arguments.of(reason, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whatHappenedToTheAccountSinceCounts(String reason, Consumer<Journey> change) throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        change.accept(journey);
        Page page = asksForAddress(journey.shows());

        assertThat(page.errorKeys()).containsExactly(REFUSED);
        refusesToFinish(reason);
        assertThat(asksForAddress(journey.shows()).errors()).isEmpty();
    }

    @Test
    void aFlowThatGotAnotherUserInBetweenDoesNotSwitchIt() throws MailFailure {
        FakeUser eve = journey.server.with(journey.realm, new FakeUser("user-eve", "eve", "eve@example.org"));
        journey.confirms(journey.receives(Journey.ADDRESS));
        journey.tab.user(eve.model());
        Page page = asksForAddress(journey.presses("continue"));

        assertThat(page.errorKeys()).containsExactly(REFUSED);
        assertThat(journey.tab.user()).isSameAs(eve.model());
        assertThat(journey.events().get(journey.events().size() - 1).getDetails())
                .containsEntry("gatehouse_reason", "other_user");
    }

    @Test
    void whereUnverifiedAccountsMaySignInTheLinkVerifiesTheAddress() throws MailFailure {
        journey.realm.configure(journey.step, Map.of("allowUnverified", "true"));
        journey.kim.unverified();
        journey.kim.requiredActions().addAll(Set.of("VERIFY_EMAIL", "UPDATE_PASSWORD"));
        journey.confirms(journey.receives(Journey.ADDRESS));

        assertThat(journey.shows().ended().call()).isEqualTo("success");
        assertThat(journey.kim.isVerified()).isTrue();
        assertThat(journey.kim.requiredActions()).containsExactly("UPDATE_PASSWORD");
    }

    @Test
    void theFailureCounterIsLookedAtOnlyWhereTheRealmCounts() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        RecordingFlowContext without = journey.shows();
        assertThat(without.session().transactions().afterCompletion()).isEmpty();

        Journey counting = new Journey();
        counting.locks(false, false);
        counting.confirms(counting.receives(Journey.ADDRESS));
        RecordingFlowContext with = counting.shows();
        assertThat(with.ended().call()).isEqualTo("success");
        assertThat(with.session().transactions().afterCompletion()).hasSize(1);
    }

    @Test
    void aWrongSettingFailsClosed() {
        journey.realm.configure(journey.step, Map.of("lifetime", "soon"));

        unavailable(journey.shows());
        unavailable(journey.asksFor(Journey.ADDRESS));
        assertThat(settingsLog.warnings()).hasSize(2);
        assertThat(journey.queue.jobs()).isEmpty();
        assertThat(journey.events()).hasSize(2).allSatisfy(event -> {
            assertThat(event.getType()).isEqualTo(EventType.LOGIN_ERROR);
            assertThat(event.getError()).isEqualTo("gatehouse_misconfigured");
            assertThat(event.getDetails()).containsEntry("gatehouse_reason", "misconfigured");
        });
    }

    @Test
    void anAlternativeThatCannotWorkLeavesTheWordToTheOthers() {
        journey.step.setRequirement(AuthenticationExecutionModel.Requirement.ALTERNATIVE);
        journey.realm.configure(journey.step, Map.of("lifetime", "soon"));

        assertThat(journey.shows().ended().call()).isEqualTo("attempted");
        unavailable(journey.asksFor(Journey.ADDRESS));
    }

    @Test
    void aSettingThatIsMadeWrongKeepsAnApprovedTabOut() throws MailFailure {
        journey.confirms(journey.receives(Journey.ADDRESS));
        journey.realm.configure(journey.step, Map.of("allowUnverified", "maybe"));

        unavailable(journey.shows());
        assertThat(journey.tab.user()).isNull();
    }

    @Test
    void whereARequestCouldChooseTheHostNothingIsSentAndNothingSpent() {
        journey.server.base("https://evil.example/");
        unavailable(journey.asksFor(Journey.ADDRESS));
        assertThat(hostnameLog.errors()).hasSize(1);
        assertThat(journey.queue.jobs()).isEmpty();
        assertThat(journey.tab.notes()).isEmpty();
        assertThat(journey.server.objects().size()).isZero();

        journey.server.base("http://localhost:8080/");
        waits(journey.asksFor(Journey.ADDRESS));
    }

    @Test
    void rememberMeIsKeptForTheLoginWhereTheRealmHasIt() {
        journey.realm.rememberMe();
        journey.posts(Map.of("gatehouseAction", "send", "email", "no address", "rememberMe", "on"));
        assertThat(journey.tab.notes()).containsEntry(Details.REMEMBER_ME, "true");
        assertThat(asksForAddress(journey.shows()).attributes()).containsEntry("gatehouseRememberMe", true);

        journey.asksFor(Journey.ADDRESS);
        assertThat(journey.tab.notes()).doesNotContainKey(Details.REMEMBER_ME);
    }

    @Test
    void theStepStandsForEveryAccountAndNeedsNone() {
        assertThat(journey.authenticator.requiresUser()).isFalse();
        assertThat(journey.authenticator.configuredFor(
                        journey.session().model(), journey.realm.model(), journey.kim.model()))
                .isTrue();
        assertThat(journey.authenticator).isNotInstanceOf(CredentialValidator.class);
    }

    @Test
    void whoAsksForTooManyMailsIsToldAndNothingIsSent() {
        journey.limiter.refuses(LimitRule.SEND_ADDRESS, Duration.ofSeconds(90));

        RecordingFlowContext context = journey.posts(Map.of("gatehouseAction", "send", "email", Journey.ADDRESS));

        Terminal terminal = context.ended();
        assertThat(terminal.call()).isEqualTo("forceChallenge");
        assertThat(terminal.answer().getStatus()).isEqualTo(429);
        assertThat(terminal.answer().getHeaderString("Retry-After")).isEqualTo("90");
        assertThat(journey.queue.jobs()).isEmpty();
        Event event = journey.onlyEvent();
        assertThat(event.getType()).isEqualTo(EventType.LOGIN_ERROR);
        assertThat(event.getError()).isEqualTo("rate_limited");
        assertThat(event.getDetails()).containsEntry("gatehouse_rule", "send-address");
    }

    @Test
    void anAddressThatGotItsMailsGetsTheSamePageAndAnOrderThatIsNotSent() {
        Map<String, String> asking = Map.of("gatehouseAction", "send", "email", "somebody@example.org");
        Page usual = waits(journey.posts(asking));
        Journey other = new Journey();
        other.limiter.refuses(LimitRule.SEND_NAME, Duration.ofMinutes(30));

        Page dropped = waits(other.posts(asking));

        assertThat(dropped.attributes().keySet()).isEqualTo(usual.attributes().keySet());
        assertThat(other.queue.jobs()).hasSize(1);
        assertThat(other.events()).isEmpty();
        assertThat(other.limiter.attempts())
                .allSatisfy(attempt -> assertThat(attempt.name()).isEqualTo("somebody@example.org"));
    }
}
