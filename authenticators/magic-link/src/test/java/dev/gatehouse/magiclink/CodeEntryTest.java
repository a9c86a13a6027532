// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.Map;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.fake.Page;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.limit.Verdict;
import dev.gatehouse.spi.mail.MailFailure;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

import static org.assertj.core.api.Assertions.assertThat;

class CodeEntryTest {

    private static final String WRONG = "gatehouseMagicLinkCodeWrong";
    private static final String SPENT = "gatehouseMagicLinkCodeSpent";

    private final Journey journey = new Journey();

    private static String other(String code) {
        String digits = code.replace(" ", "");
        return digits.substring(0, digits.length() - 1)
                + (char) ('0' + (digits.charAt(digits.length() - 1) - '0' + 1) % 10);
    }

    /** The waiting page with one message at the field of the code: never a failure, which would feed a lockout. */
    private static void saysOnly(RecordingFlowContext context, String key) {
        assertThat(context.ended().call()).isEqualTo("challenge");
        Page page = context.ended().shown();
        assertThat(page.template()).isEqualTo("gatehouse-magic-link-sent.ftl");
        assertThat(page.status()).isEqualTo(Response.Status.OK);
        assertThat(page.errorKeys()).containsExactly(key);
        assertThat(page.errors().get(0).getField()).isEqualTo("code");
    }

    private void signsIn(RecordingFlowContext context) {
        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(context.user()).isSameAs(journey.kim.model());
    }

    private void refused(String reason) {
        Event event = journey.events().get(journey.events().size() - 1);
        assertThat(event.getType()).isEqualTo(EventType.LOGIN_ERROR);
        assertThat(event.getError()).isEqualTo("invalid_code");
        assertThat(event.getDetails()).containsEntry("gatehouse_reason", reason);
    }

    @Test
    void theCodeOfTheMailSignsIn() throws MailFailure {
        signsIn(journey.types(journey.receivesCode(Journey.ADDRESS)));

        assertThat(journey.waiting().nonceHash()).isEmpty();
        assertThat(journey.limiter.givenBack()).as("what it was counted by").hasSize(2);
    }

    @Test
    void theLinkOfAUsedCodeIsDead() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        Secret token = journey.mails.newest().token();
        signsIn(journey.types(code));

        assertThat(journey.works(token)).isFalse();
    }

    @Test
    void theCodeOfAUsedLinkIsDead() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        journey.confirms(journey.mails.newest().token());
        // Whatever is typed: the confirmed link is what signs in.
        signsIn(journey.types(other(code)));

        assertThat(journey.types(code).ended().shown().template()).isEqualTo("gatehouse-magic-link.ftl");
    }

    @Test
    void ofFiveTriesTheFifthMaySucceed() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        for (int i = 0; i < 4; i++) {
            saysOnly(journey.types(other(code)), WRONG);
        }
        refused("wrong_code");

        signsIn(journey.types(code));
    }

    @Test
    void afterFiveWrongOnesTheRightOneIsNotLookedAtAndTheLinkWorks() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        for (int i = 0; i < 5; i++) {
            saysOnly(journey.types(other(code)), WRONG);
        }

        saysOnly(journey.types(code), SPENT);
        refused("code_spent");
        assertThat(journey.works(journey.mails.newest().token())).isTrue();
    }

    @Test
    void triesAtAnAddressOfNobodyAreCountedAndToldTheSame() throws MailFailure {
        journey.asksFor("nobody@example.org");
        journey.delivers();
        for (int i = 0; i < 5; i++) {
            saysOnly(journey.types("000000"), WRONG);
        }

        saysOnly(journey.types("000000"), SPENT);
    }

    @Test
    void afterTwentyTriesInAnHourTheCodesOfAnAccountAreWrongInEveryTabAndItsLinkWorks() throws MailFailure {
        for (int mail = 0; mail < 4; mail++) {
            String code = journey.receivesCode(Journey.ADDRESS);
            for (int i = 0; i < 5; i++) {
                saysOnly(journey.types(other(code)), WRONG);
            }
            journey.time.pass(Duration.ofMinutes(2));
        }
        String code = journey.receivesCode(Journey.ADDRESS);

        saysOnly(journey.types(code), WRONG);
        refused("code_limited");
        assertThat(journey.works(journey.mails.newest().token())).isTrue();
        journey.time.pass(Duration.ofHours(1));
        signsIn(journey.types(journey.receivesCode(Journey.ADDRESS)));
    }

    @Test
    void whereTriesCannotBeCountedNoneIsLookedAt() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        journey.limiter.answers("code", new Verdict(Verdict.Outcome.UNAVAILABLE, "code", Duration.ofSeconds(5), null));

        saysOnly(journey.types(code), "gatehouseLimitUnavailable");
        refused("code_uncounted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "12345", "1234567", "12345678", "abcdef", "123456'", "\u0000", "1 2 3 4 5 x"})
    void whatLooksLikeNoCodeIsToldAndCostsNothing(String typed) throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        for (int i = 0; i < 7; i++) {
            saysOnly(journey.types(typed), "gatehouseMagicLinkCodeInvalid");
        }

        signsIn(journey.types(code));
    }

    @Test
    void whoHasTheLoginButNotTheCookieOfTheBrowserThatAskedTypesInVain() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        journey.server.cookies().clear();

        saysOnly(journey.types(code), WRONG);
        refused("other_browser");
    }

    @Test
    void anExpiredCodeIsAWrongOne() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        journey.time.pass(Duration.ofMinutes(15));

        saysOnly(journey.types(code), WRONG);
        refused("expired");
    }

    @Test
    void aCodeOfAnOlderMailIsAWrongOne() throws MailFailure {
        String first = journey.receivesCode(Journey.ADDRESS);
        journey.time.pass(Duration.ofSeconds(30));
        journey.presses("resend");
        journey.delivers();

        if (!first.equals(journey.mails.newest().code())) {
            saysOnly(journey.types(first), WRONG);
        }
        signsIn(journey.types(journey.mails.newest().code()));
    }

    @Test
    void aCodeBeforeItsMailIsAWrongOne() {
        journey.asksFor(Journey.ADDRESS);

        saysOnly(journey.types("123456"), WRONG);
        refused("not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {Journey.ADDRESS, "nobody@example.org"})
    void triesBeforeTheMailIsMadeAreTriesAtItsCodeWhoeverHasTheAddress(String address) throws MailFailure {
        journey.asksFor(address);
        for (int i = 0; i < 5; i++) {
            saysOnly(journey.types("123456"), WRONG);
        }
        journey.delivers();

        saysOnly(journey.types("123456"), SPENT);
    }

    @Test
    void aTemporaryLockShutsTheCodeAndNotTheLink() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        journey.locks(false, true);

        saysOnly(journey.types(code), WRONG);
        refused("locked");
        assertThat(journey.works(journey.mails.newest().token())).isTrue();
        journey.locks(false, false);
        signsIn(journey.types(code));
    }

    @Test
    void anAccountThatMayNotSignInAnyMoreHasNoRightCode() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        journey.kim.disabled();

        saysOnly(journey.types(code), WRONG);
        refused("disabled");
    }

    @Test
    void aCodeHasEightDigitsWhereTheStepWantsThem() throws MailFailure {
        journey.realm.configure(journey.step, Map.of("codeDigits", "8"));
        String code = journey.receivesCode(Journey.ADDRESS);

        assertThat(code).matches("\\d{4} \\d{4}");
        signsIn(journey.types(code));
    }

    @Test
    void withNothingToWaitForACodeIsNothing() {
        assertThat(journey.types("123456").ended().shown().template()).isEqualTo("gatehouse-magic-link.ftl");
        assertThat(journey.events()).isEmpty();
    }

    @Test
    void noCodeIsInAnEvent() throws MailFailure {
        String code = journey.receivesCode(Journey.ADDRESS);
        journey.types(other(code));
        journey.types(code);

        assertThat(journey.events()).isNotEmpty().allSatisfy(event -> assertThat(
                        event.getDetails().toString())
                .doesNotContain(code, code.replace(" ", ""), other(code)));
    }
}
