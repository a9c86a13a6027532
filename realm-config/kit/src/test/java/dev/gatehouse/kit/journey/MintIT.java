// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.server.KeycloakServer;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** A backend has links made for people it knows: what works, and what nobody gets. */
@ExtendWith(KeycloakServer.class)
class MintIT {

    private static final String CONTINUE = "Continue";
    private static final String OTHER_WAY = "Sign in another way";
    private static final String ASKS = "Sign in?";
    private static final String DEAD = "This link does not work any more";
    private static final String DEAD_IN_THE_TAB = "The link that you opened does not work any more";

    private final Gatehouse gatehouse;

    MintIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @BeforeEach
    void letBackendsMintForTheApp() {
        attributes(Map.of("gatehouse.mint.clients", "other, gatehouse-app"));
    }

    @AfterEach
    void closeAgain() {
        attributes(Map.of(
                "gatehouse.mint.clients", "", "gatehouse.mint.maxLifetime", "15m", "gatehouse.mint.admins", "false"));
    }

    private void attributes(Map<String, String> values) {
        changeRealm(realm -> {
            Map<String, String> attributes = new HashMap<>(realm.getAttributesOrEmpty());
            attributes.putAll(values);
            realm.setAttributes(attributes);
        });
    }

    private void changeRealm(Consumer<RealmRepresentation> change) {
        RealmRepresentation realm = gatehouse.realm().toRepresentation();
        change.accept(realm);
        gatehouse.realm().update(realm);
    }

    private MintBackend backend() {
        return MintBackend.create(gatehouse);
    }

    private Browser browser() {
        return Browser.fresh().stoppingAt(App.CALLBACK).through(gatehouse.server()::route);
    }

    private void change(Person person, Consumer<UserRepresentation> change) {
        UserRepresentation user = gatehouse.realm().users().get(person.id()).toRepresentation();
        change.accept(user);
        gatehouse.realm().users().get(person.id()).update(user);
    }

    private void assertIsIn(Browser browser, Person person) {
        App app = gatehouse.app();
        assertThat(app.tokens(app.signIn(browser)).claims().get("sub").asText()).isEqualTo(person.id());
    }

    private static void assertIsNotIn(Browser browser) {
        assertThat(browser.cookie("KEYCLOAK_IDENTITY")).isEmpty();
    }

    private List<EventRepresentation> eventsOf(Person person, String type) {
        return gatehouse.events(type).stream()
                .filter(event -> person.id().equals(event.getUserId()))
                .toList();
    }

    // ---- what it is for

    @Test
    void aMintedLinkSignsThePersonInToAnAppThatThenAsksOnItsOwnBehalf() {
        Person pat = gatehouse.aPerson().create();
        Browser browser = browser();
        Instant before = Instant.now();

        MintBackend.Answer answer = backend().mint(MintBackend.forPerson(pat));
        Page question = browser.open(answer.link());

        assertThat(answer.link().toString())
                .startsWith(gatehouse.issuer() + "/gatehouse-magic-link/start?t=")
                .hasSizeLessThan(140);
        assertThat(Instant.parse(answer.json().get("expiresAt").asText()))
                .isBetween(before.plusSeconds(298), Instant.now().plusSeconds(300));
        assertThat(question.heading()).isEqualTo(ASKS);
        assertThat(question.text()).contains("Gatehouse app").contains("p…@people.example");
        assertThat(question.html()).doesNotContain(pat.address());
        Page callback = question.press(CONTINUE);
        assertThat(callback.isAtStop()).as(callback.describe()).isTrue();
        assertThat(callback.query())
                .doesNotContainKeys("code", "error", "state")
                .containsKey("iss");
        App app = gatehouse.app();
        Page signedIn = app.signIn(browser);
        assertThat(signedIn.isAtStop()).as("without a prompt").isTrue();
        JsonNode claims = app.tokens(signedIn).claims();
        assertThat(claims.get("sub").asText()).isEqualTo(pat.id());
        assertThat(claims.get("amr").toString()).isEqualTo("[\"magic-link\"]");
    }

    @Test
    void theAccountCanBeNamedByItsIdAndTheLinkCanLiveAsLongAsTheRealmAllows() {
        Person pat = gatehouse.aPerson().create();
        Map<String, Object> body = MintBackend.forPersonBut(pat, "userId", pat.id());
        body.remove("email");
        body.put("lifespanSeconds", 900);

        MintBackend.Answer answer = backend().mint(body);

        assertThat(Instant.parse(answer.json().get("expiresAt").asText()))
                .isAfter(Instant.now().plusSeconds(880));
        Browser browser = browser();
        assertThat(browser.open(answer.link()).press(CONTINUE).isAtStop()).isTrue();
        assertIsIn(browser, pat);
    }

    @Test
    void theSecondFactorIsStillAsked() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        Browser browser = browser();

        Page otp = browser.open(backend().linkFor(pat)).press(CONTINUE);

        assertThat(otp.isAtStop()).as("not in before the second factor").isFalse();
        assertIsNotIn(browser);
        assertThat(otp.form().forge("otp", totp.code()).enter().isAtStop()).isTrue();
        assertIsIn(browser, pat);
    }

    @Test
    void requiredActionsRunAfterTheLink() {
        Person pat = gatehouse.aPerson().create();
        change(pat, user -> user.setRequiredActions(List.of("UPDATE_PASSWORD")));
        Browser browser = browser();

        Page next = browser.open(backend().linkFor(pat)).press(CONTINUE);

        assertThat(next.heading()).isEqualTo("Update password");
        assertIsNotIn(browser);
    }

    @Test
    void itVerifiesNoAddress() {
        Person pat = gatehouse.aPerson().withUnverifiedAddress().create();

        Page next = browser().open(backend().linkFor(pat)).press(CONTINUE);

        assertThat(next.isAtStop()).as("the realm wants verified addresses").isFalse();
        assertThat(next.text()).containsIgnoringCase("verify");
        assertThat(gatehouse.realm().users().get(pat.id()).toRepresentation().isEmailVerified())
                .isFalse();
    }

    @Test
    void withSendTheLinkIsMailedTooInTheLanguageOfTheAccount() {
        Person pat = gatehouse.aPerson().speaking("de").create();

        MintBackend.Answer answer = backend().mint(MintBackend.forPersonBut(pat, "send", true));

        Mail mail = gatehouse.mail().inbox(pat.address()).next();
        assertThat(mail.link()).isEqualTo(answer.link());
        assertThat(mail.subject()).isEqualTo("Anmeldung bei Gatehouse");
        assertThat(mail.text()).contains("Gatehouse app schickt Ihnen").contains("5 Minuten");
        assertThat(mail.html())
                .contains(answer.link().toString())
                .contains("5 Minuten")
                .doesNotContain("<img", "<script");
        assertThat(browser().open(mail.link()).press(CONTINUE).isAtStop()).isTrue();
        EventRepresentation sent = Eventually.get(() -> eventsOf(pat, "SEND_VERIFY_EMAIL"), it -> !it.isEmpty())
                .get(0);
        assertThat(sent.getDetails()).containsEntry("gatehouse_way", "minted");
        assertThat(sent.getDetails().toString()).doesNotContain(token(answer.link()));
    }

    @Test
    void withoutSendNothingIsMailed() {
        Person pat = gatehouse.aPerson().create();

        backend().linkFor(pat);

        gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofSeconds(2));
    }

    @Test
    void anAddressGetsNoMoreMailsThanTheRealmAllowsAndTheBackendIsToldSo() {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = backend();
        Map<String, Object> body = MintBackend.forPersonBut(pat, "send", true);
        for (int i = 0; i < 5; i++) {
            assertThat(backend.mint(body).status()).isEqualTo(201);
        }

        MintBackend.Answer sixth = backend.mint(body);

        assertThat(sixth.error()).isEqualTo("429 too_many_requests");
        assertThat(Integer.parseInt(sixth.header("Retry-After"))).isBetween(1, 3600);
        assertThat(backend.mint(MintBackend.forPerson(pat)).status())
                .as("without a mail")
                .isEqualTo(201);
    }

    @Test
    void theAuditLogTellsOfTheMintingAndOfTheSignInWithoutTheirSecrets() throws Exception {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = backend();
        URI link = backend.linkFor(pat);
        browser().open(link).press(CONTINUE);
        backend.mint(MintBackend.forPersonBut(pat, "clientId", "not-listed"));

        List<AdminEventRepresentation> events = mintEventsOf(backend);
        EventRepresentation login = eventsOf(pat, "LOGIN").get(0);

        assertThat(events).hasSize(2);
        AdminEventRepresentation refused = events.get(0);
        AdminEventRepresentation minted = events.get(1);
        assertThat(minted.getOperationType()).isEqualTo("ACTION");
        assertThat(minted.getResourcePath()).isEqualTo("gatehouse-magic-link");
        assertThat(minted.getError()).isNull();
        assertThat(minted.getDetails())
                .containsEntry("gatehouse_client", "gatehouse-app")
                .containsEntry("gatehouse_user", pat.id());
        assertThat(refused.getError()).isEqualTo("client_not_allowed");
        assertThat(login.getDetails())
                .containsEntry("gatehouse_method", "magic_link")
                .containsEntry("gatehouse_way", "minted");
        assertThat(Json.write(events) + Json.write(gatehouse.realm().getEvents()))
                .doesNotContain(token(link), pat.address());
        assertThat(Files.readString(gatehouse.server().log())).doesNotContain(token(link), pat.address());
    }

    private List<AdminEventRepresentation> mintEventsOf(MintBackend backend) {
        return gatehouse.realm().getAdminEvents().stream()
                .filter(event -> "GATEHOUSE_LINK".equals(event.getResourceType()))
                .filter(event ->
                        backend.accountId().equals(event.getAuthDetails().getUserId()))
                .toList();
    }

    // ---- what opening a link does not do

    @Test
    void aScannerThatOpensTheLinkAndPressesEveryButtonChangesNothing() {
        Person pat = gatehouse.aPerson().create();
        URI link = backend().linkFor(pat);

        List<Page> seen = Browser.scanner().visit(link);
        for (int i = 0; i < 5; i++) {
            assertThat(Browser.fresh().requests().head(link).status()).isEqualTo(303);
            Page hop = Browser.fresh().requests().get(link);
            assertThat(hop.status()).isEqualTo(303);
            assertThat(hop.header("Cache-Control")).isEqualTo("no-store");
            assertThat(hop.header("Referrer-Policy")).isEqualTo("no-referrer");
        }

        assertThat(seen).extracting(Page::status).doesNotContain(500);
        assertThat(eventsOf(pat, "LOGIN")).isEmpty();
        Browser browser = browser();
        assertThat(browser.open(link).press(CONTINUE).isAtStop()).isTrue();
        assertIsIn(browser, pat);
    }

    @Test
    void reloadingAndChangingTheLanguageAskTheSameQuestionAgain() {
        Person pat = gatehouse.aPerson().create();
        Browser browser = browser();
        Page question = browser.open(backend().linkFor(pat));

        Page again = question.reload();
        Page german =
                browser.open(again.document().select("a[href*=kc_locale=de], option[value*=kc_locale=de]").stream()
                        .map(it -> it.hasAttr("href") ? it.absUrl("href") : it.absUrl("value"))
                        .findFirst()
                        .orElseThrow());

        assertThat(again.heading()).isEqualTo(ASKS);
        assertThat(german.language()).isEqualTo("de");
        assertThat(german.text()).contains("Weiter zu Gatehouse app als p…@people.example?");
        assertThat(german.press("Weiter").isAtStop()).isTrue();
    }

    @Test
    void whoTurnsAwaySignsInAsInAnyOtherTabAndTheLinkIsStillThere() {
        Person pat = gatehouse.aPerson().create();
        Person kim = gatehouse.aPerson().create();
        URI link = backend().linkFor(pat);
        Browser kims = browser();

        Page address = kims.open(link).press(OTHER_WAY);
        assertThat(address.heading()).isEqualTo("Sign in");
        Page again = address.reload();
        assertThat(again.heading()).isEqualTo("Sign in");
        Page callback = again.press("Username and password")
                .form()
                .forge("username", kim.username())
                .forge("password", kim.password())
                .enter();

        assertThat(callback.isAtStop()).isTrue();
        assertIsIn(kims, kim);
        Browser pats = browser();
        pats.open(link).press(CONTINUE);
        assertIsIn(pats, pat);
    }

    @Test
    void whoeverAnswersFirstHasTheLinkAndTheOthersAreToldThatItIsDead() {
        Person pat = gatehouse.aPerson().create();
        URI link = backend().linkFor(pat);
        Browser first = browser();
        Browser second = browser();
        Page firstPage = first.open(link);
        Page secondPage = second.open(link);

        assertThat(secondPage.press(CONTINUE).isAtStop()).isTrue();
        Page late = firstPage.press(CONTINUE);

        assertThat(late.isAtStop()).isFalse();
        assertThat(late.text()).contains(DEAD_IN_THE_TAB);
        assertThat(late.heading()).as("the step is there as always").isEqualTo("Sign in");
        assertIsNotIn(first);
        assertIsIn(second, pat);
        EventRepresentation refused = eventsOf(pat, "LOGIN_ERROR").stream()
                .findFirst()
                .orElseGet(() -> gatehouse.events("LOGIN_ERROR").get(0));
        assertThat(refused.getDetails()).containsEntry("gatehouse_reason", "not_found");
    }

    @Test
    void ofManyWhoAnswerAtTheSameTimeOneIsIn() throws Exception {
        Person pat = gatehouse.aPerson().create();
        URI link = backend().linkFor(pat);
        List<Browser> browsers = new ArrayList<>();
        List<Callable<Page>> presses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Browser browser = browser();
            browsers.add(browser);
            Page page = browser.open(link);
            presses.add(() -> page.press(CONTINUE));
        }
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            int in = 0;
            for (Future<Page> press : threads.invokeAll(presses)) {
                in += press.get().isAtStop() ? 1 : 0;
            }
            assertThat(in).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(browsers.stream().filter(it -> it.cookie("KEYCLOAK_IDENTITY").isPresent()))
                .hasSize(1);
    }

    @Test
    void aLinkWorksOnceAlsoAfterTheSessionIsOver() {
        Person pat = gatehouse.aPerson().create();
        URI link = backend().linkFor(pat);
        browser().open(link).press(CONTINUE);
        gatehouse.realm().users().get(pat.id()).logout();

        Page again = browser().open(link);

        assertThat(again.heading()).isEqualTo(DEAD);
        assertThat(again.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?t=", "?t=x", "?t=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "?t=%F0%9F%98%80"})
    void whatIsNoLinkIsADeadOne(String query) {
        Page page = browser().open(URI.create(gatehouse.issuer() + "/gatehouse-magic-link/start" + query));

        assertThat(page.heading()).isEqualTo(DEAD);
        assertThat(page.status()).isEqualTo(400);
    }

    @Test
    void anOldLinkIsDead() throws Exception {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = backend();
        URI link = backend.mint(MintBackend.forPersonBut(pat, "lifespanSeconds", 10))
                .link();
        Page question = browser().open(link);
        assertThat(question.heading()).isEqualTo(ASKS);
        TimeUnit.SECONDS.sleep(11);

        assertThat(browser().open(link).heading()).isEqualTo(DEAD);
        assertThat(question.press(CONTINUE).text()).contains(DEAD_IN_THE_TAB);
    }

    @Test
    void theSamePersonGoesOnByTheSessionAndTheLinkIsNotUsedUp() {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = backend();
        Browser browser = browser();
        browser.open(backend.linkFor(pat)).press(CONTINUE);
        URI second = backend.linkFor(pat);

        Page again = browser.open(second);

        assertThat(again.isAtStop()).isTrue();
        assertThat(again.hops()).noneMatch(hop -> hop.uri().toString().contains("gatehouse_link"));
        assertThat(browser().open(second).heading()).isEqualTo(ASKS);
    }

    @Test
    void whereSomebodyElseIsSignedInNobodyGoesOnAsTheWrongPerson() {
        Person pat = gatehouse.aPerson().create();
        Person kim = gatehouse.aPerson().create();
        MintBackend backend = backend();
        Browser kims = browser();
        kims.open(backend.linkFor(kim)).press(CONTINUE);
        URI link = backend.linkFor(pat);

        Page page = kims.open(link);

        assertThat(page.heading()).isEqualTo("Somebody else is signed in here");
        assertThat(page.status()).isEqualTo(409);
        assertThat(page.html()).doesNotContain(pat.address(), token(link));
        assertIsIn(kims, kim);
        Page confirm = page.link("Sign out").click();
        confirm.form().enter();
        assertThat(kims.open(link).press(CONTINUE).isAtStop()).isTrue();
        assertIsIn(kims, pat);
    }

    @Test
    void inARequestToAnotherClientOrAddressTheLinkIsRefusedAndNotUsedUp() {
        Person pat = gatehouse.aPerson().create();
        URI link = backend().linkFor(pat);
        String other = client(it -> {
            it.setRedirectUris(List.of("http://127.0.0.1/callback"));
            it.setPublicClient(true);
        });

        Page atOther = browser().open(request(other, App.CALLBACK.toString(), token(link)));
        Page elsewhere =
                browser().open(gatehouse.appAt(47012).authorizationRequest(Map.of("gatehouse_link", token(link))));

        assertThat(atOther.text()).contains(DEAD_IN_THE_TAB);
        assertThat(atOther.buttons()).doesNotContain(CONTINUE);
        assertThat(elsewhere.text()).contains(DEAD_IN_THE_TAB);
        assertThat(browser().open(link).press(CONTINUE).isAtStop()).isTrue();
    }

    private URI request(String clientId, String redirectUri, String token) {
        return new App(gatehouse.issuer(), clientId, URI.create(redirectUri), gatehouse.server()::route)
                .authorizationRequest(Map.of("gatehouse_link", token));
    }

    // ---- what may have happened in between

    private void assertDeadAfter(Consumer<Person> event, String reason) {
        Person pat = gatehouse.aPerson().create();
        URI link = backend().linkFor(pat);
        Page question = browser().open(link);
        assertThat(question.heading()).isEqualTo(ASKS);
        event.accept(pat);

        Page pressed = question.press(CONTINUE);
        assertThat(pressed.isAtStop()).isFalse();
        assertThat(pressed.text()).contains(DEAD_IN_THE_TAB);
        Browser late = browser();
        assertThat(late.open(link).buttons()).doesNotContain(CONTINUE);
        assertIsNotIn(late);
        assertThat(gatehouse.events("LOGIN_ERROR").stream()
                        .filter(it -> pat.id().equals(it.getUserId()))
                        .map(it -> it.getDetails().get("gatehouse_reason")))
                .containsExactly(reason);
    }

    @Test
    void aDisabledAccountIsNotSignedIn() {
        assertDeadAfter(pat -> change(pat, user -> user.setEnabled(false)), "disabled");
    }

    @Test
    void aDeletedAccountIsNotSignedIn() {
        assertDeadAfter(pat -> gatehouse.realm().users().delete(pat.id()).close(), "user_gone");
    }

    @Test
    void anAccountWithAnotherAddressIsNotSignedIn() {
        assertDeadAfter(pat -> change(pat, user -> user.setEmail("new-" + pat.address())), "address_changed");
    }

    @Test
    void anAccountThatBecameAnAdministratorIsNotSignedIn() {
        assertDeadAfter(pat -> grant(pat, realmManagement("view-users")), "admin");
    }

    @Test
    void aClientThatWasTakenOffTheListIsNotSignedInTo() {
        assertDeadAfter(pat -> attributes(Map.of("gatehouse.mint.clients", "other")), "client_not_allowed");
    }

    @Test
    void aTemporaryLockClosesThePasswordAndNotTheLink() {
        Person pat = gatehouse.aPerson().create();
        changeRealm(realm -> realm.setFailureFactor(2));
        try {
            Machine machine = Machine.create(gatehouse);
            for (int i = 0; i < 4; i++) {
                machine.password(pat.username(), "wrong");
            }
            assertThat(Eventually.get(
                            () -> gatehouse.realm().attackDetection().bruteForceUserStatus(pat.id()),
                            status -> Boolean.TRUE.equals(status.get("disabled"))))
                    .containsEntry("disabled", true);
            Browser browser = browser();

            Page callback = browser.open(backend().linkFor(pat)).press(CONTINUE);

            assertThat(callback.isAtStop()).as(callback.text()).isTrue();
            assertIsIn(browser, pat);
        } finally {
            changeRealm(realm -> realm.setFailureFactor(30));
        }
    }

    // ---- who may ask, and for whom

    @Test
    void whoHasNoTokenIsToldWhatIsMissing() {
        MintBackend backend = backend();
        Person pat = gatehouse.aPerson().create();
        String body = Json.write(MintBackend.forPerson(pat));
        Map<String, String> json = Map.of("Content-Type", "application/json");

        MintBackend.Answer nothing = backend.post(body, json);
        MintBackend.Answer basic =
                backend.post(body, Map.of("Content-Type", "application/json", "Authorization", "Basic YTpi"));
        MintBackend.Answer inTheAddress = backend.send(
                "POST", URI.create(backend.endpoint() + "?access_token=" + backend.token()), body, json, List.of());
        MintBackend.Answer inTheForm = backend.send(
                "POST",
                backend.endpoint(),
                "access_token=" + backend.token(),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                List.of());

        for (MintBackend.Answer answer : List.of(nothing, basic, inTheAddress, inTheForm)) {
            assertThat(answer.error()).isEqualTo("401 missing_token");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"gatehouse\"");
        }
    }

    @Test
    void aCookieIsNoToken() {
        Person pat = gatehouse.aPerson().create();
        gatehouse
                .realm()
                .users()
                .get(pat.id())
                .roles()
                .realmLevel()
                .add(List.of(gatehouse.realm().roles().get(MintBackend.ROLE).toRepresentation()));
        App app = gatehouse.app();
        Browser browser = Browser.fresh();
        app.tokens(app.signIn(browser)
                .press("Username and password")
                .form()
                .forge("username", pat.username())
                .forge("password", pat.password())
                .enter());
        assertThat(browser.cookie("KEYCLOAK_IDENTITY")).isPresent();

        Page answer = browser.requests()
                .with("Content-Type", "application/json")
                .post(backend().endpoint(), Map.of("email", pat.address()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(Json.of(answer).get("error").asText()).isEqualTo("missing_token");
    }

    @Test
    void aTokenThatIsNotOneOfThisRealmOrNotValidAnyMoreIsRefused() throws Exception {
        Person pat = gatehouse.aPerson().create();
        Map<String, Object> body = MintBackend.forPerson(pat);
        MintBackend backend = backend();
        MintBackend shortLived = MintBackend.createWithoutRole(
                gatehouse, client -> client.setAttributes(Map.of("access.token.lifespan", "1")));
        shortLived.grantRole();
        String expired = shortLived.token();
        String good = backend.token();
        String foreign = gatehouse.admin().tokenManager().getAccessTokenString();
        String disabled = shortLived.token();
        TimeUnit.SECONDS.sleep(2);

        for (String token : List.of(
                "x",
                "a.b.c",
                good.substring(0, good.length() - 4) + "AAAA",
                unsigned(good),
                expired,
                disabled,
                foreign)) {
            MintBackend.Answer answer = backend.mintWith(token, body);
            assertThat(answer.error()).isEqualTo("401 invalid_token");
            assertThat(answer.header("WWW-Authenticate"))
                    .startsWith("Bearer realm=\"gatehouse\", error=\"invalid_token\"");
        }
        MintBackend.Answer twice = backend.send(
                "POST",
                backend.endpoint(),
                Json.write(body),
                Map.of("Content-Type", "application/json"),
                List.of("Authorization", "Bearer " + good, "Authorization", "Bearer " + good));
        assertThat(twice.status()).isEqualTo(401);
        gatehouse.realm().clients().get(backend.id()).remove();
        assertThat(shortLived.mintWith(good, body).error()).isEqualTo("401 invalid_token");
    }

    private static String unsigned(String token) {
        String[] parts = token.split("\\.", -1);
        return java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                "{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "." + parts[1] + ".";
    }

    @Test
    void whoLacksTheRoleLearnsNothingWhoeverIsAskedFor() {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = MintBackend.createWithoutRole(gatehouse, client -> {});
        List<Map<String, Object>> bodies = List.of(
                MintBackend.forPerson(pat),
                MintBackend.forPersonBut(pat, "email", "nobody@people.example"),
                MintBackend.forPersonBut(pat, "clientId", "not-listed"),
                Map.of("nonsense", 1));

        for (String token : List.of(backend.token(), backend.tokenOf(pat))) {
            List<MintBackend.Answer> answers =
                    bodies.stream().map(body -> backend.mintWith(token, body)).toList();
            assertThat(answers)
                    .extracting(MintBackend.Answer::body)
                    .containsOnly(answers.get(0).body());
            assertThat(answers.get(0).error()).isEqualTo("403 insufficient_scope");
            assertThat(answers.get(0).header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
        }
        assertThat(mintEventsOf(backend)).isEmpty();
    }

    @Test
    void theRoleCountsOnlyThroughAClientThatHasTheScopeForIt() {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = MintBackend.createWithoutRole(gatehouse, client -> client.setFullScopeAllowed(false));
        backend.grantRole();

        assertThat(backend.mint(MintBackend.forPerson(pat)).error()).isEqualTo("403 insufficient_scope");

        gatehouse
                .realm()
                .clients()
                .get(backend.id())
                .getScopeMappings()
                .realmLevel()
                .add(List.of(gatehouse.realm().roles().get(MintBackend.ROLE).toRepresentation()));
        assertThat(backend.mint(MintBackend.forPerson(pat)).status()).isEqualTo(201);
    }

    @Test
    void aRoleThatIsTakenAwayCountsNoMoreAlsoForTokensThatAreOut() {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = backend();
        String token = backend.token();
        gatehouse
                .realm()
                .users()
                .get(backend.accountId())
                .roles()
                .realmLevel()
                .remove(List.of(gatehouse.realm().roles().get(MintBackend.ROLE).toRepresentation()));

        assertThat(backend.mintWith(token, MintBackend.forPerson(pat)).error()).isEqualTo("403 insufficient_scope");
    }

    @Test
    void nobodyHasTheRoleInTheShippedRealm() {
        assertThat(gatehouse
                        .realm()
                        .roles()
                        .get(MintBackend.ROLE)
                        .toRepresentation()
                        .getDescription())
                .isNotBlank();
        assertThat(gatehouse.realm().roles().get("default-roles-gatehouse").getRoleComposites())
                .extracting(RoleRepresentation::getName)
                .doesNotContain(MintBackend.ROLE);
    }

    @Test
    void forAdministratorsNoLinkIsMintedHoweverTheyGotTheirRole() {
        Person byRole = gatehouse.aPerson().create();
        grant(byRole, realmManagement("view-realm"));
        Person byGroup = gatehouse.aPerson().create();
        inGroupWith(byGroup, realmManagement("manage-users"));
        Person byComposite = gatehouse.aPerson().create();
        String composite = "boss-" + UUID.randomUUID();
        gatehouse.realm().roles().create(new RoleRepresentation(composite, "", false));
        gatehouse
                .realm()
                .roles()
                .get(composite)
                .addComposites(List.of(realmManagement("realm-admin").role()));
        grantRealmRole(byComposite, composite);
        Person minter = gatehouse.aPerson().create();
        grantRealmRole(minter, MintBackend.ROLE);
        MintBackend backend = backend();

        for (Person admin : List.of(byRole, byGroup, byComposite, minter)) {
            assertThat(backend.mint(MintBackend.forPerson(admin)).error()).isEqualTo("403 user_not_allowed");
        }
        attributes(Map.of("gatehouse.mint.admins", "true"));
        Browser browser = browser();
        browser.open(backend.linkFor(byRole)).press(CONTINUE);
        assertIsIn(browser, byRole);
    }

    private record ClientRole(String clientUuid, RoleRepresentation role) {}

    private ClientRole realmManagement(String role) {
        String uuid = gatehouse
                .realm()
                .clients()
                .findByClientId("realm-management")
                .get(0)
                .getId();
        return new ClientRole(
                uuid, gatehouse.realm().clients().get(uuid).roles().get(role).toRepresentation());
    }

    private void grant(Person person, ClientRole role) {
        gatehouse
                .realm()
                .users()
                .get(person.id())
                .roles()
                .clientLevel(role.clientUuid())
                .add(List.of(role.role()));
    }

    private void grantRealmRole(Person person, String role) {
        gatehouse
                .realm()
                .users()
                .get(person.id())
                .roles()
                .realmLevel()
                .add(List.of(gatehouse.realm().roles().get(role).toRepresentation()));
    }

    private void inGroupWith(Person person, ClientRole role) {
        GroupRepresentation group = new GroupRepresentation();
        group.setName("group-" + UUID.randomUUID());
        try (Response response = gatehouse.realm().groups().add(group)) {
            String id = CreatedResponseUtil.getCreatedId(response);
            gatehouse
                    .realm()
                    .groups()
                    .group(id)
                    .roles()
                    .clientLevel(role.clientUuid())
                    .add(List.of(role.role()));
            gatehouse.realm().users().get(person.id()).joinGroup(id);
        }
    }

    @Test
    void theBackendIsToldExactlyWhyAnAccountCannotHaveALink() {
        Person off = gatehouse.aPerson().disabled().create();
        Person nameless = gatehouse.aPerson().create();
        change(nameless, user -> user.setEmail(""));
        MintBackend backend = backend();
        Map<String, Object> byId = MintBackend.forPersonBut(nameless, "userId", nameless.id());
        byId.remove("email");
        Map<String, Object> service = new HashMap<>(byId);
        service.put("userId", backend.accountId());
        Map<String, Object> unknownId = new HashMap<>(byId);
        unknownId.put("userId", UUID.randomUUID().toString());

        assertThat(backend.mint(MintBackend.forPersonBut(off, "email", "nobody@people.example"))
                        .error())
                .isEqualTo("404 user_not_found");
        assertThat(backend.mint(MintBackend.forPersonBut(off, "email", "no address"))
                        .error())
                .isEqualTo("404 user_not_found");
        assertThat(backend.mint(unknownId).error()).isEqualTo("404 user_not_found");
        assertThat(backend.mint(MintBackend.forPerson(off)).error()).isEqualTo("409 user_not_usable");
        assertThat(backend.mint(MintBackend.forPerson(off)).sentence()).isEqualTo("The account is disabled");
        assertThat(backend.mint(byId).sentence()).isEqualTo("The account has no mail address");
        assertThat(backend.mint(service).sentence()).contains("service account");
    }

    @Test
    void theBackendIsToldExactlyWhyAClientCannotHaveALink() {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = backend();
        String fine = client(it -> {});
        String disabled = client(it -> it.setEnabled(false));
        String noCode = client(it -> it.setStandardFlowEnabled(false));
        String saml = client(it -> it.setProtocol("saml"));
        String par = client(it -> it.setAttributes(Map.of("require.pushed.authorization.requests", "true")));
        String signed = client(it -> it.setAttributes(Map.of("request.object.required", "request only")));
        String otherFlow = client(it -> it.setAuthenticationFlowBindingOverrides(Map.of("browser", flow("browser"))));
        attributes(Map.of(
                "gatehouse.mint.clients",
                String.join(",", "gone", fine, disabled, noCode, saml, par, signed, otherFlow)));

        assertThat(backend.mint(at(pat, fine)).status()).isEqualTo(201);
        assertThat(backend.mint(at(pat, "gatehouse-app")).error()).isEqualTo("403 client_not_allowed");
        assertThat(backend.mint(at(pat, "gone")).error()).isEqualTo("404 client_not_found");
        for (String client : List.of(disabled, noCode, saml, par, signed, otherFlow)) {
            assertThat(backend.mint(at(pat, client)).error()).as(client).isEqualTo("409 client_not_usable");
        }
        assertThat(backend.mint(at(pat, otherFlow)).sentence()).contains("browser flow");
    }

    @Test
    void aFlowOfTheClientsOwnThatHasTheStepIsRunInsteadOfTheRealms() {
        Person pat = gatehouse.aPerson().create();
        String client =
                client(it -> it.setAuthenticationFlowBindingOverrides(Map.of("browser", flow("gatehouse browser"))));
        attributes(Map.of("gatehouse.mint.clients", client));
        String usual = gatehouse.realm().toRepresentation().getBrowserFlow();
        changeRealm(realm -> realm.setBrowserFlow("browser"));
        try {
            URI link = backend().mint(at(pat, client)).link();
            Page callback = browser().open(link).press(CONTINUE);

            assertThat(callback.isAtStop()).as(callback.describe()).isTrue();
        } finally {
            changeRealm(realm -> realm.setBrowserFlow(usual));
        }
    }

    @ParameterizedTest
    @CsvSource({"plain", "S256", "''"})
    void clientsWithAnyRuleForProofKeysCanBeSignedInTo(String method) {
        Person pat = gatehouse.aPerson().create();
        String client = client(it -> it.setAttributes(Map.of("pkce.code.challenge.method", method)));
        attributes(Map.of("gatehouse.mint.clients", client));

        Page callback = browser().open(backend().mint(at(pat, client)).link()).press(CONTINUE);

        assertThat(callback.isAtStop()).as(callback.describe()).isTrue();
        assertThat(callback.query()).doesNotContainKeys("code", "error");
    }

    private static Map<String, Object> at(Person person, String client) {
        return MintBackend.forPersonBut(person, "clientId", client);
    }

    private String flow(String alias) {
        return gatehouse.realm().flows().getFlows().stream()
                .filter(flow -> flow.getAlias().equals(alias))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private String client(Consumer<ClientRepresentation> change) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("app-" + UUID.randomUUID());
        client.setName("Some app");
        client.setSecret(UUID.randomUUID().toString());
        client.setRedirectUris(List.of("http://127.0.0.1/callback"));
        change.accept(client);
        gatehouse.realm().clients().create(client).close();
        return client.getClientId();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/callback",
                "http://127.0.0.1:47011/callback/more",
                "http://127.0.0.1:47011@evil.example/callback",
                "http://127.0.0.1.evil.example/callback",
                "http://127.0.0.1:47011/callback?code=x",
                "javascript:alert(1)",
                "/callback",
                "not a uri"
            })
    void aRedirectAddressThatTheClientHasNotRegisteredIsRefused(String redirect) {
        Person pat = gatehouse.aPerson().create();

        assertThat(backend()
                        .mint(MintBackend.forPersonBut(pat, "redirectUri", redirect))
                        .error())
                .isEqualTo("400 invalid_redirect_uri");
    }

    @Test
    void aRealmIsClosedUntilItListsClientsAndAWrongValueKeepsItClosed() {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = backend();

        attributes(Map.of("gatehouse.mint.clients", ""));
        assertThat(backend.mint(MintBackend.forPerson(pat)).error()).isEqualTo("403 client_not_allowed");
        attributes(Map.of("gatehouse.mint.clients", "*"));
        assertThat(backend.mint(MintBackend.forPerson(pat)).error()).isEqualTo("403 client_not_allowed");
    }

    @Test
    void noLinkLivesLongerThanTheRealmAllows() {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = backend();

        MintBackend.Answer tooLong = backend.mint(MintBackend.forPersonBut(pat, "lifespanSeconds", 901));
        assertThat(tooLong.error()).isEqualTo("400 invalid_request");
        assertThat(tooLong.sentence()).contains("lifespanSeconds").contains("900");

        attributes(Map.of("gatehouse.mint.maxLifetime", "20s"));
        MintBackend.Answer usual = backend.mint(MintBackend.forPerson(pat));
        assertThat(Instant.parse(usual.json().get("expiresAt").asText()))
                .isBefore(Instant.now().plusSeconds(21));
    }

    // ---- what else may arrive

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "1",
                "{",
                "{\"email\":\"a@b.c\"",
                "{} {}",
                "{\"email\":\"a@b.c\",\"email\":\"d@e.f\",\"clientId\":\"a\",\"redirectUri\":\"b\"}",
                "{\"email\":\"a@b.c\",\"userId\":\"x\",\"clientId\":\"a\",\"redirectUri\":\"b\"}",
                "{\"clientId\":\"a\",\"redirectUri\":\"b\"}",
                "{\"email\":1,\"clientId\":\"a\",\"redirectUri\":\"b\"}",
                "{\"email\":null,\"clientId\":\"a\",\"redirectUri\":\"b\"}",
                "{\"email\":\"\",\"clientId\":\"a\",\"redirectUri\":\"b\"}",
                "{\"email\":\"a@b.c\\u0000\",\"clientId\":\"a\",\"redirectUri\":\"b\"}",
                "{\"email\":\"a@b.c\",\"clientId\":\"a\",\"redirectUri\":\"b\",\"more\":1}",
                "{\"email\":\"a@b.c\",\"clientId\":\"a\",\"redirectUri\":\"b\",\"lifespanSeconds\":9}",
                "{\"email\":\"a@b.c\",\"clientId\":\"a\",\"redirectUri\":\"b\",\"lifespanSeconds\":60.5}",
                "{\"email\":\"a@b.c\",\"clientId\":\"a\",\"redirectUri\":\"b\",\"lifespanSeconds\":\"60\"}",
                "{\"email\":\"a@b.c\",\"clientId\":\"a\",\"redirectUri\":\"b\",\"lifespanSeconds\":99999999999}",
                "{\"email\":\"a@b.c\",\"clientId\":\"a\",\"redirectUri\":\"b\",\"send\":\"true\"}",
                "{\"email\":\"a@b.c\",\"clientId\":\"a\",\"redirectUri\":\"\\ud800\"}",
                "{\"email\":{\"a\":1},\"clientId\":\"a\",\"redirectUri\":\"b\"}"
            })
    void whatIsNoRequestIsRefusedWithASentence(String body) {
        MintBackend backend = backend();

        MintBackend.Answer answer = backend.post(body, headers(backend, "application/json"));

        assertThat(answer.error()).isEqualTo("400 invalid_request");
        assertThat(answer.sentence()).isNotBlank();
    }

    @Test
    void aHugeBodyAndADeepOneAreRefused() {
        MintBackend backend = backend();
        Person pat = gatehouse.aPerson().create();
        String filled = Json.write(MintBackend.forPerson(pat));
        Map<String, String> headers = headers(backend, "application/json");

        assertThat(backend.post(filled + " ".repeat(9000), headers).sentence()).contains("8192");
        assertThat(backend.post(" ".repeat(5_000_000) + filled, headers).error())
                .isEqualTo("400 invalid_request");
        assertThat(backend.post("[".repeat(8000), headers).error()).isEqualTo("400 invalid_request");
        assertThat(backend.post(filled + " ".repeat(8192 - filled.length()), headers)
                        .status())
                .as("as long as may be")
                .isEqualTo(201);
        assertThat(backend.mint(MintBackend.forPersonBut(pat, "clientId", "x".repeat(256)))
                        .sentence())
                .contains("clientId");
        assertThat(backend.mint(MintBackend.forPersonBut(pat, "redirectUri", "x".repeat(2001)))
                        .sentence())
                .contains("redirectUri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json-patch+json", "*/*"})
    void otherContentTypesAreRefused(String type) {
        MintBackend backend = backend();
        Person pat = gatehouse.aPerson().create();

        MintBackend.Answer answer = backend.post(Json.write(MintBackend.forPerson(pat)), headers(backend, type));

        assertThat(answer.error()).isEqualTo("415 unsupported_media_type");
    }

    @Test
    void partsOfABodyAreNotLookedAt() {
        MintBackend backend = backend();
        String body = "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b.c\r\n--x--\r\n";

        MintBackend.Answer answer = backend.post(body, headers(backend, "multipart/form-data; boundary=x"));

        assertThat(answer.error()).isEqualTo("415 unsupported_media_type");
    }

    @Test
    void aCharsetMayBeNamed() {
        MintBackend backend = backend();
        Person pat = gatehouse.aPerson().create();

        assertThat(backend.post(
                                Json.write(MintBackend.forPerson(pat)),
                                headers(backend, "Application/JSON; charset=UTF-8"))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void otherMethodsMintNothing(String method) {
        MintBackend backend = backend();
        Person pat = gatehouse.aPerson().create();

        MintBackend.Answer answer = backend.send(
                method,
                backend.endpoint(),
                Json.write(MintBackend.forPerson(pat)),
                headers(backend, "application/json"),
                List.of("Origin", "https://evil.example"));

        assertThat(answer.body()).doesNotContain("/start?t=");
        assertThat(answer.status()).isIn(200, 204, 404, 405);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(mintEventsOf(backend)).isEmpty();
    }

    @Test
    void noHeaderOfTheRequestDecidesWhereTheLinkLeads() {
        Person pat = gatehouse.aPerson().create();
        MintBackend backend = backend();
        Map<String, String> headers = new HashMap<>(headers(backend, "application/json"));
        headers.put("X-Forwarded-Host", "evil.example");
        headers.put("X-Forwarded-Proto", "http");
        headers.put("X-Forwarded-Prefix", "/evil");
        headers.put("Forwarded", "host=evil.example");
        headers.put("Origin", "https://evil.example");

        URI link = backend.post(Json.write(MintBackend.forPerson(pat)), headers).link();
        Page hop = Browser.fresh()
                .requests()
                .with("X-Forwarded-Host", "evil.example")
                .get(link);

        assertThat(link.toString()).startsWith(gatehouse.issuer().toString());
        assertThat(hop.header("Location")).startsWith(gatehouse.issuer().toString());
    }

    private static Map<String, String> headers(MintBackend backend, String contentType) {
        return Map.of("Authorization", "Bearer " + backend.token(), "Content-Type", contentType);
    }

    private static String token(URI link) {
        return link.getQuery().replaceFirst("^t=", "");
    }
}
