// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.net.ConnectException;
import java.util.stream.Stream;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.email.EmailException;
import org.keycloak.theme.FreeMarkerException;

import static org.assertj.core.api.Assertions.assertThat;

class MailFailureTest {

    private static final String TEXT = "More information is available in the server log.";

    private static EmailException caused(Exception cause) {
        return new EmailException(TEXT, cause);
    }

    private static Exception recipient(int code) {
        return new SendFailedException(
                "Invalid Addresses",
                new SMTPAddressFailedException(new InternetAddress(), "RCPT TO", code, code + " no"),
                null,
                null,
                null);
    }

    private static Exception data(int code) {
        return new SMTPSendFailedException(".", code, code + " no", null, null, null, null);
    }

    private static Stream<Arguments> failures() {
        return Stream.of(
                failure("no address at all", true, new EmailException("No email address configured for the user")),
                failure("recipient unknown", true, caused(recipient(550))),
                failure("recipient greylisted", false, caused(recipient(450))),
                failure("content refused", true, caused(data(554))),
                failure("content refused for now", false, caused(data(451))),
                failure("server closes", false, caused(data(421))),
                failure(
                        "sender refused",
                        true,
                        caused(new SMTPSenderFailedException(new InternetAddress(), "MAIL FROM", 553, "553 no"))),
                failure("address cannot be parsed", true, caused(new AddressException("no"))),
                failure("template broken", true, caused(new FreeMarkerException("no", new Exception()))),
                failure(
                        "password wrong",
                        true,
                        caused(new EmailException("connect failed", new AuthenticationFailedException("535 no")))),
                failure("password missing", true, caused(new AuthenticationFailedException())),
                failure("password not checked", false, caused(new AuthenticationFailedException("454 later"))),
                failure(
                        "not connected",
                        false,
                        caused(new EmailException(
                                "connect failed", new MessagingException("no", new ConnectException("refused"))))),
                failure("no token", false, caused(new EmailException("No access token found"))),
                failure("anything else", false, caused(new IllegalStateException())));
    }

    private static Arguments failure(String name, boolean permanent, EmailException failure) {
        return Arguments.of(name, permanent, failure);
    }

    @ParameterizedTest(name = "{0}: permanent {1}")
    @MethodSource("failures")
    void onlyWhatMayBeOverSoonIsWorthAnotherTry(String name, boolean permanent, EmailException failure) {
        assertThat(MailFailure.of("a mail could not be sent", failure))
                .hasMessage("a mail could not be sent")
                .hasCause(failure)
                .satisfies(it -> assertThat(it.isPermanent()).as(name).isEqualTo(permanent));
    }

    @Test
    void aFailureMayBeOverSoonUnlessItSaysOtherwise() {
        assertThat(new MailFailure("no").isPermanent()).isFalse();
        assertThat(new MailFailure("no", new Exception()).isPermanent()).isFalse();
        assertThat(MailFailure.permanent("no").isPermanent()).isTrue();
        assertThat(MailFailure.permanent("no", new Exception()).isPermanent()).isTrue();
    }
}
