// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Form;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.server.KeycloakServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.idm.UserSessionRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody registers an address that is not theirs, and waits; then its owner comes, by mail. */
@ExtendWith(KeycloakServer.class)
class FirstProofIT {

    private static final String MARK = "gatehouse.unproven";

    private final Gatehouse gatehouse;
    private RealmRepresentation before = new RealmRepresentation();

    FirstProofIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    /** People register, nobody asks them to verify their address, and administrators see all attributes. */
    @BeforeEach
    void letPeopleRegister() {
        before = gatehouse.realm().toRepresentation();
        RealmSettings.change(gatehouse.realm(), realm -> {
            realm.setRegistrationAllowed(true);
            realm.setVerifyEmail(false);
        });
        unmanaged(UnmanagedAttributePolicy.ADMIN_VIEW);
    }

    @AfterEach
    void restore() {
        unmanaged(null);
        gatehouse.realm().update(before);
    }

    private void unmanaged(@Nullable UnmanagedAttributePolicy policy) {
        UPConfig profile = gatehouse.realm().users().userProfile().getConfiguration();
        profile.setUnmanagedAttributePolicy(policy);
        gatehouse.realm().users().userProfile().update(profile);
    }

    @Test
    void theOwnerOfTheMailboxTakesTheAccountBack() {
        Registration thief = Registration.of(gatehouse);
        App.Tokens stolen = thief.app().tokens(thief.next());
        assertThat(isMarked(thief)).isTrue();

        LinkSignIn owner =
                LinkSignIn.asked(gatehouse, Browser.fresh(), thief.person().address());
        Mail mail = gatehouse.mail().inbox(thief.person().address()).next();
        assertThat(mail.subject()).isEqualTo("Sign in to Gatehouse");
        owner.confirm(mail.link());
        App.Tokens tokens = owner.app().tokens(owner.goOn());

        assertThat(tokens.claims().get("sub").asText()).isEqualTo(thief.person().id());
        assertThat(account(thief).isEmailVerified()).isTrue();
        assertThat(isMarked(thief)).isFalse();
        assertThat(types(thief)).isEmpty();
        assertThat(sessions(thief)).containsExactly(tokens.claims().get("sid").asText());
        assertThat(refresh(stolen).status()).as("the thief's tokens").isEqualTo(400);
        assertThat(refresh(tokens).status()).as("the owner's tokens").isEqualTo(200);
        assertThat(gatehouse.app().signIn(thief.browser()).isAtStop())
                .as("the thief's browser is signed in")
                .isFalse();
        assertThat(thief.signsInByPassword().isAtStop()).isFalse();
        assertThat(event("VERIFY_EMAIL", thief).getDetails())
                .containsEntry("gatehouse_method", "magic_link")
                .containsEntry("gatehouse_first_proof", "true")
                .containsEntry("gatehouse_removed", "password,session");
        Mail told = gatehouse.mail().inbox(thief.person().address()).next();
        assertThat(told.subject()).isEqualTo("Your account at Gatehouse is confirmed");
        assertThat(told.text())
                .contains("- the password")
                .contains("- sign-ins on other devices")
                .contains("UTC");
        assertThat(told.html()).contains("<li>the password</li>").doesNotContain("passkeys");
    }

    @Test
    void theNextSignInTakesNothing() {
        Registration thief = Registration.of(gatehouse);
        signsIn(thief.person());
        assertThat(gatehouse.mail().inbox(thief.person().address()).next().subject())
                .contains("is confirmed");
        UserResource account = gatehouse.realm().users().get(thief.person().id());
        account.resetPassword(password("what the owner has chosen"));

        signsIn(thief.person());

        assertThat(types(thief)).containsExactly("password");
        assertThat(events("VERIFY_EMAIL", thief)).hasSize(1);
    }

    @Test
    void whoWaitsForTheOwnerToVerifyTheAddressIsNotLetIn() {
        RealmSettings.change(gatehouse.realm(), realm -> realm.setVerifyEmail(true));
        Registration thief = Registration.of(gatehouse);
        assertThat(thief.next().heading()).isEqualTo("Email verification");
        gatehouse.mail().inbox(thief.person().address()).skipAll();

        LinkSignIn owner =
                LinkSignIn.asked(gatehouse, Browser.fresh(), thief.person().address());
        owner.confirm(owner.link());
        Page update = owner.goOn();
        assertThat(account(thief).isEmailVerified())
                .as("no second mail: " + update.describe())
                .isTrue();
        App.Tokens tokens = owner.app().tokens(newPassword(update));
        Page waited = thief.next().reload();

        assertThat(waited.isAtStop()).as(waited.describe()).isFalse();
        assertThat(sessions(thief)).containsExactly(tokens.claims().get("sid").asText());
        assertThat(event("VERIFY_EMAIL", thief).getDetails()).containsEntry("gatehouse_first_proof", "true");
    }

    @Test
    void whoHasPassedThePasswordBeforeTheProofIsNotLetInAfterIt() {
        Registration thief = Registration.of(gatehouse);
        UserResource account = gatehouse.realm().users().get(thief.person().id());
        requires(account, "UPDATE_PASSWORD");
        Page waiting = thief.signsInByPassword();
        assertThat(waiting.heading()).isEqualTo("Update password");
        requires(account);

        signsIn(thief.person());
        Page late = newPassword(waiting);

        assertThat(types(thief)).as(late.describe()).isEmpty();
        assertThat(sessions(thief)).hasSize(1);
        assertThat(events("LOGIN_ERROR", thief))
                .extracting(event -> event.getDetails().get("gatehouse_reason"))
                .containsExactly("before_first_proof");
    }

    @Test
    void anAccountWithASecondFactorIsTakenBackOnlyByWhoPassesIt() {
        Registration thief = Registration.of(gatehouse);
        Totp totp = Totp.of(gatehouse.realm(), thief.person());
        assertThat(isMarked(thief)).isTrue();

        LinkSignIn owner =
                LinkSignIn.asked(gatehouse, Browser.fresh(), thief.person().address());
        owner.confirm(owner.link());
        Page otp = owner.goOn();

        assertThat(otp.form().fields()).as(otp.describe()).isNotEmpty();
        assertThat(account(thief).isEmailVerified()).isFalse();
        assertThat(isMarked(thief)).isTrue();
        assertThat(types(thief)).containsExactlyInAnyOrder("password", "otp");
        Page elsewhere =
                thief.signsInByPassword().form().forge("otp", totp.code()).enter();
        assertThat(elsewhere.isAtStop()).as(elsewhere.describe()).isTrue();
        assertThat(types(thief)).as("a sign-in elsewhere").containsExactlyInAnyOrder("password", "otp");
        assertThat(account(thief).isEmailVerified()).isFalse();

        Page callback = otp.form().forge("otp", totp.nextCode()).enter();

        App.Tokens tokens = owner.app().tokens(callback);
        assertThat(types(thief)).containsExactly("otp");
        assertThat(account(thief).isEmailVerified()).isTrue();
        assertThat(isMarked(thief)).isFalse();
        assertThat(sessions(thief)).containsExactly(tokens.claims().get("sid").asText());
        assertThat(event("VERIFY_EMAIL", thief).getDetails()).containsEntry("gatehouse_removed", "password,session");
    }

    @Test
    void whatTheOwnerSetsUpInTheSameSignInStays() {
        Registration plain = Registration.of(gatehouse);
        Registration guarded = Registration.of(gatehouse);
        Totp totp = Totp.of(gatehouse.realm(), guarded.person());
        for (Registration thief : List.of(plain, guarded)) {
            requires(gatehouse.realm().users().get(thief.person().id()), "UPDATE_PASSWORD");
            LinkSignIn owner =
                    LinkSignIn.asked(gatehouse, Browser.fresh(), thief.person().address());
            owner.confirm(owner.link());
            Page next = owner.goOn();
            Page update =
                    thief == guarded ? next.form().forge("otp", totp.code()).enter() : next;
            Page callback = newPassword(update);

            assertThat(callback.isAtStop()).as(callback.describe()).isTrue();
            assertThat(account(thief).isEmailVerified()).isTrue();
            assertThat(types(thief)).contains("password").doesNotContain("password-history");
            assertThat(thief.signsInByPassword().text()).contains("Invalid username or password");
        }
    }

    @Test
    void whoRegistersByAnotherProviderLosesTheLinkToIt() {
        try (Upstream upstream = Upstream.create(gatehouse)) {
            String address = unused();
            Person thief = upstream.aPerson().withAddress(address).create();
            Page registered = upstream.arrive(gatehouse.app(), Browser.fresh(), thief);
            assertThat(registered.isAtStop()).as(registered.describe()).isTrue();
            String id = existing(address).get(0).getId();
            UserResource account = gatehouse.realm().users().get(id);
            assertThat(account.getFederatedIdentity()).hasSize(1);
            assertThat(account.toRepresentation().getAttributes()).containsKey(MARK);

            signsIn(new Person(id, address, address, ""));

            assertThat(account.getFederatedIdentity()).isEmpty();
            assertThat(account.getUserSessions()).hasSize(1);
            assertThat(events("VERIFY_EMAIL", id)).singleElement().satisfies(event -> assertThat(event.getDetails())
                    .containsEntry("gatehouse_removed", "broker_link,session"));
            Page again = upstream.arrive(gatehouse.app(), Browser.fresh(), thief);
            assertThat(again.isAtStop()).as(again.describe()).isFalse();
        }
    }

    @Test
    void whoVerifiesTheAddressByKeycloaksOwnMailKeepsThePassword() {
        RealmSettings.change(gatehouse.realm(), realm -> realm.setVerifyEmail(true));
        Registration person = Registration.of(gatehouse);
        Page verified = person.browser()
                .open(gatehouse.mail().inbox(person.person().address()).next().link());
        person.app().tokens(newPassword(verified));
        assertThat(isMarked(person)).isFalse();

        signsIn(person.person());

        assertThat(types(person)).containsExactly("password");
        assertThat(sessions(person)).hasSize(2);
    }

    @Test
    void whoChangesTheAddressOfAProvenAccountToAWrongOneLosesNothingToItsOwner() {
        Registration person = Registration.of(gatehouse);
        LinkSignIn owner =
                LinkSignIn.asked(gatehouse, Browser.fresh(), person.person().address());
        owner.confirm(owner.link());
        owner.goOn();
        String wrong = "x" + person.person().address();
        Page saved = changesProfile(owner.browser(), Map.of("email", wrong));
        assertThat(saved.isAtStop()).as(saved.describe()).isTrue();
        assertThat(account(person).getEmail()).isEqualTo(wrong);
        assertThat(account(person).isEmailVerified()).isFalse();
        assertThat(isMarked(person)).isFalse();

        LinkSignIn stranger = LinkSignIn.asked(gatehouse, Browser.fresh(), wrong);

        assertThat(gatehouse.mail().inbox(wrong).next().subject()).isEqualTo("About your sign-in to Gatehouse");
        assertThat(stranger.goOn().isAtStop()).isFalse();
        assertThat(sessions(person)).hasSize(1);
    }

    @Test
    void accountsThatAnAdministratorMadeAreTakenBackOnlyWhereThatIsSwitchedOn() {
        Person pat = gatehouse.aPerson().withUnverifiedAddress().create();
        LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());
        assertThat(gatehouse.mail().inbox(pat.address()).next().subject()).isEqualTo("About your sign-in to Gatehouse");

        gatehouse.linkStep().during("allowUnverified", "true", () -> {
            signsIn(pat);
            assertThat(types(pat.id())).containsExactly("password");
            Person lee = gatehouse.aPerson().withUnverifiedAddress().create();
            gatehouse.attributes().during(Map.of("gatehouse.firstProof.all", "true"), () -> {
                signsIn(lee);
                assertThat(types(lee.id())).isEmpty();
            });
        });
    }

    @Test
    void aRealmThatDoesNotSwitchItOnMarksAndTakesNothing() {
        gatehouse.attributes().during(Map.of("gatehouse.firstProof", "false"), () -> {
            Registration person = Registration.of(gatehouse);
            assertThat(isMarked(person)).isFalse();

            gatehouse.linkStep().during("allowUnverified", "true", () -> signsIn(person.person()));

            assertThat(types(person)).containsExactly("password");
        });
    }

    @Test
    void whoRegisteredCannotRemoveTheMark() {
        Registration thief = Registration.of(gatehouse);
        Map<String, String> attack = Map.of("user.attributes." + MARK, "", MARK, "", "lastName", "Changed");

        changesProfile(thief.browser(), attack);
        assertThat(account(thief).getLastName()).isEqualTo("Changed");
        assertThat(isMarked(thief)).isTrue();

        unmanaged(UnmanagedAttributePolicy.ENABLED);
        changesProfile(thief.browser(), Map.of("user.attributes." + MARK, "", "lastName", "Again"));
        assertThat(account(thief).getLastName()).isEqualTo("Again");
        assertThat(isMarked(thief)).isTrue();
    }

    @Test
    void anAddressWithoutAnAccountGetsNoMailUnlessTheStepCreatesThem() {
        String address = unused();
        LinkSignIn.asked(gatehouse, Browser.fresh(), address);
        gatehouse.linkStep().during("createAccounts", "true", () -> {
            RealmSettings.change(gatehouse.realm(), realm -> realm.setRegistrationAllowed(false));
            LinkSignIn.asked(gatehouse, Browser.fresh(), address);

            gatehouse.mail().inbox(address).assertNoMailWithin(Duration.ofSeconds(3));
        });
        assertThat(existing(address)).isEmpty();
    }

    @Test
    void anAddressBecomesAnAccountOnceItsMailboxIsProved() {
        String address = unused();
        gatehouse.linkStep().during("createAccounts", "true", () -> {
            LinkSignIn newcomer = LinkSignIn.asked(gatehouse, Browser.fresh(), address);
            Mail mail = gatehouse.mail().inbox(address).next();
            assertThat(mail.subject()).isEqualTo("Create your account for Gatehouse");
            assertThat(mail.text())
                    .contains("Gatehouse app", address, mail.link().toString());
            newcomer.browser().open(mail.link());
            Browser.scanner().visit(mail.link());
            assertThat(existing(address)).as("before the proof").isEmpty();

            newcomer.confirm(mail.link());
            App.Tokens tokens = newcomer.app().tokens(named(newcomer.goOn()));

            UserRepresentation account = existing(address).get(0);
            assertThat(tokens.claims().get("sub").asText()).isEqualTo(account.getId());
            assertThat(account.getUsername()).isEqualTo(address);
            assertThat(account.isEmailVerified()).isTrue();
            assertThat(account.isEnabled()).isTrue();
            assertThat(account.getAttributes()).containsEntry("locale", List.of("en"));
            assertThat(account.getAttributes()).doesNotContainKey(MARK);
            assertThat(types(account.getId())).isEmpty();
            assertThat(gatehouse
                            .realm()
                            .users()
                            .get(account.getId())
                            .roles()
                            .realmLevel()
                            .listAll())
                    .extracting(role -> role.getName())
                    .contains("default-roles-gatehouse");
            assertThat(events("REGISTER", account.getId()))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getDetails()).containsEntry("register_method", "magic_link"));
            assertThat(events("LOGIN", account.getId())).hasSize(1);

            LinkSignIn again = LinkSignIn.asked(gatehouse, Browser.fresh(), address);
            Mail second = gatehouse.mail().inbox(address).next();
            assertThat(second.subject()).isEqualTo("Sign in to Gatehouse");
            again.confirm(second.link());
            assertThat(again.goOn().isAtStop()).isTrue();
        });
    }

    @Test
    void theCodeCreatesTheAccountAsWell() {
        String address = unused();
        gatehouse.linkStep().during("createAccounts", "true", () -> {
            LinkSignIn newcomer = LinkSignIn.asked(gatehouse, Browser.fresh(), address);
            String code = codeIn(gatehouse.mail().inbox(address).next());

            Page next = newcomer.waiting()
                    .formWith("Sign in with the code")
                    .forge("code", code)
                    .enter();

            newcomer.app().tokens(named(next));
            assertThat(existing(address)).hasSize(1);
        });
    }

    @Test
    void aPersonWhoReadsGermanGetsAnAccountThatDoes() {
        String address = unused();
        gatehouse.linkStep().during("createAccounts", "true", () -> {
            Browser browser = Browser.speaking("de");
            Page waiting = gatehouse
                    .app()
                    .signIn(browser)
                    .form()
                    .forge("email", address)
                    .enter();
            Mail mail = gatehouse.mail().inbox(address).next();
            assertThat(mail.subject()).isEqualTo("Ihr neues Konto bei Gatehouse");

            waiting.formWith("Mit dem Code anmelden")
                    .forge("code", codeIn(mail))
                    .enter();

            assertThat(existing(address).get(0).getAttributes()).containsEntry("locale", List.of("de"));
        });
    }

    @Test
    void registrationThatIsSwitchedOffMeanwhileMakesNoAccount() {
        String address = unused();
        gatehouse.linkStep().during("createAccounts", "true", () -> {
            LinkSignIn newcomer = LinkSignIn.asked(gatehouse, Browser.fresh(), address);
            URI link = newcomer.link();
            RealmSettings.change(gatehouse.realm(), realm -> realm.setRegistrationAllowed(false));

            Page refused = newcomer.confirm(link);

            assertThat(refused.heading()).as(refused.describe()).isEqualTo("This link does not work any more");
            assertThat(newcomer.goOn().isAtStop()).isFalse();
            assertThat(existing(address)).isEmpty();
        });
    }

    @Test
    void anAccountThatAppearsMeanwhileIsUsedWithItsOwnChecks() {
        gatehouse.linkStep().during("createAccounts", "true", () -> {
            for (boolean verified : List.of(true, false)) {
                String address = unused();
                LinkSignIn newcomer = LinkSignIn.asked(gatehouse, Browser.fresh(), address);
                URI link = newcomer.link();
                PersonBuilder other = gatehouse.aPerson().withAddress(address);
                Person made = (verified ? other : other.withUnverifiedAddress()).create();

                newcomer.confirm(link);
                Page end = newcomer.goOn();

                assertThat(end.isAtStop()).as(end.describe()).isEqualTo(verified);
                assertThat(existing(address)).hasSize(1);
                assertThat(types(made.id())).containsExactly("password");
            }
        });
    }

    @Test
    void anAddressThatIsSomebodysUsernameBecomesNoAccount() {
        String address = unused();
        gatehouse.aPerson().named(address).create();
        gatehouse.linkStep().during("createAccounts", "true", () -> {
            LinkSignIn.asked(gatehouse, Browser.fresh(), address);

            gatehouse.mail().inbox(address).assertNoMailWithin(Duration.ofSeconds(3));
        });
    }

    @Test
    void twoProofsAtATimeMakeOneAccount() {
        for (boolean duplicates : List.of(false, true)) {
            RealmSettings.change(gatehouse.realm(), realm -> {
                realm.setLoginWithEmailAllowed(!duplicates);
                realm.setDuplicateEmailsAllowed(duplicates);
            });
            String address = unused();
            gatehouse.linkStep().during("createAccounts", "true", () -> {
                List<LinkSignIn> newcomers = Stream.generate(
                                () -> LinkSignIn.asked(gatehouse, Browser.fresh(), address))
                        .limit(4)
                        .toList();
                for (LinkSignIn newcomer : newcomers) {
                    URI link = newcomer.link();
                    newcomers.stream()
                            .filter(any -> any.browser().open(link).buttons().contains(LinkSignIn.CONFIRM))
                            .findFirst()
                            .orElseThrow()
                            .confirm(link);
                }

                List<Page> ends =
                        newcomers.parallelStream().map(LinkSignIn::goOn).toList();

                assertThat(ends).anySatisfy(end -> assertThat(end.heading()).isEqualTo("Update Account Information"));
                assertThat(ends)
                        .allSatisfy(end ->
                                assertThat(end.status()).as(end.describe()).isEqualTo(200));
                assertThat(existing(address)).hasSize(1);
                assertThat(events("REGISTER", existing(address).get(0).getId())).hasSize(1);
            });
        }
    }

    @Test
    void whatIsNoMailboxBecomesNoAccount() {
        gatehouse.linkStep().during("createAccounts", "true", () -> {
            String local = "x".repeat(70) + "@people.example";
            LinkSignIn.asked(gatehouse, Browser.fresh(), local);
            gatehouse.mail().inbox(local).assertNoMailWithin(Duration.ofSeconds(2));
            for (String hostile : List.of("a\"b@people.example", "a@b@people.example", "<x>@people.example")) {
                Page page = LinkSignIn.ask(gatehouse.app().signIn(Browser.fresh()), hostile);
                assertThat(page.text()).contains("Enter an email address");
            }
        });
    }

    /** The name that the profile requires, given in the same sign-in. */
    private static Page named(Page page) {
        assertThat(page.heading()).as(page.describe()).isEqualTo("Update Account Information");
        return page.form()
                .forge("firstName", "Nina")
                .forge("lastName", "Newcomer")
                .enter();
    }

    private static Page newPassword(Page page) {
        assertThat(page.heading()).as(page.describe()).isEqualTo("Update password");
        return page.form()
                .forge("password-new", "what somebody chose later")
                .forge("password-confirm", "what somebody chose later")
                .enter();
    }

    private static String codeIn(Mail mail) {
        Matcher code = Pattern.compile("\\b(\\d{3}) (\\d{3})\\b").matcher(mail.text());
        assertThat(code.find()).as(mail.text()).isTrue();
        return code.group(1) + code.group(2);
    }

    private static String unused() {
        return "n" + UUID.randomUUID().toString().replace("-", "").substring(0, 12) + "@people.example";
    }

    private App.Tokens signsIn(Person person) {
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), person.address());
        signIn.confirm(signIn.link());
        return signIn.app().tokens(signIn.goOn());
    }

    /** Edits the own profile in a browser that is signed in, in an action that the app asks for. */
    private Page changesProfile(Browser browser, Map<String, String> values) {
        Form form = gatehouse
                .app()
                .signIn(browser, Map.of("kc_action", "UPDATE_PROFILE"))
                .form();
        values.forEach(form::forge);
        return form.enter();
    }

    private List<UserRepresentation> existing(String address) {
        return gatehouse.realm().users().searchByEmail(address, true);
    }

    private UserRepresentation account(Registration registration) {
        return gatehouse.realm().users().get(registration.person().id()).toRepresentation();
    }

    private boolean isMarked(Registration registration) {
        return account(registration).getAttributes() != null
                && account(registration).getAttributes().containsKey(MARK);
    }

    private List<String> types(Registration registration) {
        return types(registration.person().id());
    }

    private List<String> types(String id) {
        return gatehouse.realm().users().get(id).credentials().stream()
                .map(CredentialRepresentation::getType)
                .toList();
    }

    private List<String> sessions(Registration registration) {
        return gatehouse.realm().users().get(registration.person().id()).getUserSessions().stream()
                .map(UserSessionRepresentation::getId)
                .toList();
    }

    private EventRepresentation event(String type, Registration registration) {
        return Eventually.get(() -> events(type, registration).stream().findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private List<EventRepresentation> events(String type, Registration registration) {
        return events(type, registration.person().id());
    }

    private List<EventRepresentation> events(String type, String userId) {
        return gatehouse.events(type).stream()
                .filter(event -> userId.equals(event.getUserId()))
                .toList();
    }

    private Page refresh(App.Tokens tokens) {
        return Browser.fresh()
                .requests()
                .post(
                        gatehouse.server().route(URI.create(gatehouse.issuer() + "/protocol/openid-connect/token")),
                        Map.of(
                                "grant_type", "refresh_token",
                                "client_id", "gatehouse-app",
                                "refresh_token", tokens.refresh()));
    }

    private static void requires(UserResource account, String... actions) {
        UserRepresentation user = account.toRepresentation();
        user.setRequiredActions(List.of(actions));
        account.update(user);
    }

    private static CredentialRepresentation password(String value) {
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(value);
        password.setTemporary(false);
        return password;
    }
}
