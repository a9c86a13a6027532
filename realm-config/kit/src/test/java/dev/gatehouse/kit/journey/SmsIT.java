// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

import static dev.gatehouse.kit.journey.Alike.assertAlike;
import static org.assertj.core.api.Assertions.assertThat;

/** Links and codes by text message. */
@ExtendWith(KeycloakLab.class)
class SmsIT {

    private static final String STEP = "gatehouse-magic-link";
    private static final String SEND = "Text me a code";
    private static final String FIELD = "Phone number, username or email";
    private static final AtomicInteger NUMBERS = new AtomicInteger(new SecureRandom().nextInt(1_000_000));

    private final GatehouseLab lab;
    private final Gatehouse gatehouse;
    private final String number = String.format("+4930%07d", NUMBERS.incrementAndGet());

    SmsIT(GatehouseLab lab) {
        this.lab = lab;
        this.gatehouse = lab.gatehouse();
    }

    /** The realm's profile has the number, and only administrators write it. */
    @BeforeEach
    void onlyAdministratorsWriteNumbers() {
        allowToEdit(Set.of("admin"));
    }

    private void allowToEdit(Set<String> roles) {
        UPConfig profile = gatehouse.realm().users().userProfile().getConfiguration();
        profile.addOrReplaceAttribute(
                new UPAttribute("phoneNumber", new UPAttributePermissions(Set.of("admin", "user"), roles)));
        gatehouse.realm().users().userProfile().update(profile);
    }

    private Person withNumber(PersonBuilder builder, String phoneNumber) {
        Person person = builder.create();
        UserRepresentation user = account(person);
        user.singleAttribute("phoneNumber", phoneNumber);
        gatehouse.realm().users().get(person.id()).update(user);
        return person;
    }

    private Person aPersonWithNumber() {
        return withNumber(gatehouse.aPerson(), number);
    }

    private UserRepresentation account(Person person) {
        return gatehouse.realm().users().get(person.id()).toRepresentation();
    }

    private void byText(Consumer<OwnApp> journey) {
        inFlow(flow -> flow.step("REQUIRED", STEP, Map.of("channel", "sms")), journey);
    }

    private void inFlow(Consumer<Flow> steps, Consumer<OwnApp> journey) {
        try (OwnApp own = OwnApp.with(gatehouse, steps)) {
            journey.accept(own);
        }
    }

    private static Page ask(App app, Browser browser, String typed) {
        Page page = app.signIn(browser).form().fill(FIELD, typed).press(SEND);
        assertThat(page.heading()).as(page.describe()).isEqualTo("Check your phone");
        return page;
    }

    private static void assertSignedIn(App app, Page end, Person person) {
        assertThat(app.tokens(end).claims().get("sub").asText()).isEqualTo(person.id());
    }

    private Optional<EventRepresentation> event(String type, Person person) {
        return gatehouse.events(type).stream()
                .filter(event -> person.id().equals(event.getUserId()))
                .findFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"the number", "the number, as people write it", "username", "address"})
    void theCodeOfTheTextSignsInWhateverThePersonIsNamedBy(String by) {
        Person pat = aPersonWithNumber();
        byText(own -> {
            App app = own.app();
            Page waiting = ask(
                    app,
                    Browser.fresh(),
                    switch (by) {
                        case "the number" -> number;
                        case "username" -> pat.username();
                        case "address" -> pat.address();
                        default ->
                            " " + number.substring(0, 3) + " (" + number.substring(3, 5) + ") " + number.substring(5, 8)
                                    + "-" + number.substring(8);
                    });
            SmsGateway.Message message = lab.sms().next(number);

            assertThat(message.authorization()).isEqualTo("Bearer " + GatehouseLab.SECRET);
            assertThat(message.text()).matches("\\d{6} is your code for Gatehouse app\\..*");
            assertSignedIn(app, LinkSignIn.type(waiting, message.code()), pat);
            assertThat(event("SEND_VERIFY_EMAIL", pat).orElseThrow().getDetails())
                    .containsEntry("gatehouse_channel", "sms");
            gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofSeconds(1));
        });
    }

    @Test
    void theLinkOfTheTextSignsIn() {
        Person pat = aPersonWithNumber();
        byText(own -> {
            App app = own.app();
            Browser browser = Browser.fresh();
            Page waiting = ask(app, browser, number);
            SmsGateway.Message message = lab.sms().next(number);

            assertThat(Browser.fresh().open(message.link()).heading()).isEqualTo("Wrong browser");
            browser.open(message.link()).press(LinkSignIn.CONFIRM);

            assertSignedIn(app, waiting.press(LinkSignIn.OPENED), pat);
        });
    }

    @Test
    void afterTheIdentifierStepTheNumberIsNotShown() {
        Person pat = aPersonWithNumber();
        inFlow(
                flow -> flow.required("gatehouse-username-form").step("REQUIRED", STEP, Map.of("channel", "sms")),
                own -> {
                    App app = own.app();
                    Page page = app.signIn(Browser.fresh())
                            .form()
                            .forge("username", pat.username())
                            .enter();
                    assertThat(page.text()).contains("We text the number that is on file for " + pat.username());
                    Page waiting = page.press(SEND);

                    assertThat(page.html() + waiting.html()).doesNotContain(number);
                    assertSignedIn(
                            app, LinkSignIn.type(waiting, lab.sms().next(number).code()), pat);
                });
    }

    @Test
    void theTextVerifiesNoMailAddress() {
        Person pat = withNumber(gatehouse.aPerson().withUnverifiedAddress(), number);
        byText(own -> {
            Page waiting = ask(own.app(), Browser.fresh(), number);

            Page next = LinkSignIn.type(waiting, lab.sms().next(number).code());

            assertThat(next.isAtStop())
                    .as("the realm wants addresses to be verified")
                    .isFalse();
            assertThat(next.text()).contains("verify your email");
            assertThat(account(pat).isEmailVerified()).isFalse();
        });
    }

    @Test
    @AllowedInLog("No text message is sent in realm gatehouse: users can edit the attribute phoneNumber")
    void toANumberThatItsOwnerCanWriteNothingIsSentAndThePageIsTheSame() throws IOException {
        Person pat = aPersonWithNumber();
        String other = String.format("+4930%07d", NUMBERS.incrementAndGet());
        byText(own -> {
            Page good = ask(own.app(), Browser.fresh(), number);
            lab.sms().next(number);
            allowToEdit(Set.of("admin", "user"));

            Page page = ask(own.app(), Browser.fresh(), number);

            assertAlike(page, number, good, number);
            assertAlike(LinkSignIn.type(page, "000000"), number, LinkSignIn.type(good, "000000"), number);
            lab.sms().assertNoneWithin(number, Duration.ofSeconds(2));
            assertThat(event("SEND_VERIFY_EMAIL_ERROR", pat).orElseThrow().getDetails())
                    .containsEntry("gatehouse_reason", "no_address");
            // For somebody who does not exist there is nothing to look at.
            ask(own.app(), Browser.fresh(), other);
        });
        try (Stream<String> log = Files.lines(gatehouse.server().log())) {
            assertThat(log.filter(line -> line.contains("users can edit the attribute")))
                    .as("the warnings about one message that was asked for")
                    .hasSize(1);
        }
    }

    @Test
    void aNumberOfTwoAccountsIsNobodys() {
        aPersonWithNumber();
        aPersonWithNumber();
        byText(own -> {
            Page shared = ask(own.app(), Browser.fresh(), number);
            String unknown = String.format("+4930%07d", NUMBERS.incrementAndGet());
            Page nobodys = ask(own.app(), Browser.fresh(), unknown);

            assertAlike(shared, number, nobodys, unknown);
            lab.sms().assertNoneWithin(number, Duration.ofSeconds(2));
        });
    }

    @Test
    void whatCanMeanNobodyIsToldAtTheField() {
        byText(own -> {
            Page page = own.app().signIn(Browser.fresh());
            for (String typed : new String[] {"", "   ", "\u0007bell", "x".repeat(300)}) {
                page = page.form().fill(FIELD, typed).press(SEND);
                assertThat(page.text()).as(typed).contains("Enter a phone number with its country code");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"49301234567", "030 1234567", "+49", "+0123456789", "'; drop table", "${7*7}"})
    void whatIsNoNumberIsTakenForANameThatNobodyHas(String typed) {
        byText(own -> {
            Page page = ask(own.app(), Browser.fresh(), typed);

            assertThat(page.text()).contains("a text message with a code is on its way");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "500", "400"})
    @AllowedInLog({"a text message could not be sent", "java\\.net\\.ConnectException", "dev\\.gatehouse\\.spi\\.mail"})
    void whereTheGatewayFailsThePageIsTheSameAndTheEventTells(String trouble) throws IOException {
        Person pat = aPersonWithNumber();
        byText(own -> {
            Page good = ask(own.app(), Browser.fresh(), number);
            lab.sms().next(number);
            if (trouble.equals("down")) {
                lab.sms().close();
            } else {
                lab.sms().answer(Integer.parseInt(trouble));
            }

            Page page = ask(own.app(), Browser.fresh(), number);

            assertAlike(page, number, good, number);
            Optional<EventRepresentation> failed =
                    Eventually.get(() -> event("SEND_VERIFY_EMAIL_ERROR", pat), Optional::isPresent);
            assertThat(failed.orElseThrow().getDetails())
                    .containsEntry("gatehouse_channel", "sms")
                    .hasEntrySatisfying(
                            "gatehouse_reason", reason -> assertThat(reason).startsWith("mail_"));
        });
        String log = Files.readString(gatehouse.server().log());
        assertThat(log.contains(GatehouseLab.SECRET))
                .as("the secret in the log")
                .isFalse();
        assertThat(log.contains(number)).as("the number in the log").isFalse();
    }
}
