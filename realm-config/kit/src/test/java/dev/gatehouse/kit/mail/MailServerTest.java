// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.mail;

import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MailServerTest {

    private static final String LINK = "http://127.0.0.1:8080/realms/gatehouse/gatehouse-magic-link/abc?x=1&y=2";

    private final MailServer mail = MailServer.start();

    @AfterEach
    void stop() {
        mail.close();
    }

    @Test
    void aMailIsReadAsAMailProgramReadsIt() throws MessagingException {
        send("Ann.A@example.org", "Grüße", "Hier – ä long line ".repeat(20) + "\n<" + LINK + ">.\n");
        Mail mine = mail.inbox("ann.a@example.org").next();
        assertThat(mine.subject()).isEqualTo("Grüße");
        assertThat(mine.from()).isEqualTo("gatehouse@demo.example");
        assertThat(mine.to()).isEqualTo("ann.a@example.org");
        assertThat(mine.text()).startsWith("Hier – ä long line Hier");
        assertThat(mine.html()).isEqualTo("<p>Grüße</p>");
        assertThat(mine.header("x-journey")).isEqualTo("yes");
        assertThat(mine.link()).isEqualTo(URI.create(LINK));
    }

    @Test
    void theSignInLinkIsFoundAmongOthers() throws MessagingException {
        send("a@b.c", "s", "See https://example.org/help. Sign in: " + LINK + "\nAgain: " + LINK);
        assertThat(mail.inbox("a@b.c").next().link()).isEqualTo(URI.create(LINK));
    }

    @Test
    void twoLinksOfNoKnownKindAreNotGuessedAt() throws MessagingException {
        send("a@b.c", "s", "https://example.org/1 https://example.org/2");
        Mail mine = mail.inbox("a@b.c").next();
        assertThatThrownBy(mine::link).isInstanceOf(AssertionError.class).hasMessageContaining("example.org/1");
    }

    @Test
    void eachMailIsGivenOutOnceAndInOrder() throws MessagingException {
        send("a@b.c", "first", "1");
        send("b@b.c", "other", "1");
        send("a@b.c", "second", "2");
        assertThat(mail.inbox("a@b.c").next().subject()).isEqualTo("first");
        assertThat(mail.inbox("A@b.c").next().subject()).isEqualTo("second");
        mail.inbox("a@b.c").assertNoMailWithin(Duration.ofMillis(50));
        assertThat(mail.inbox("a@b.c").all()).hasSize(2);
        assertThat(mail.all()).extracting(Mail::subject).containsExactly("first", "other", "second");
    }

    @Test
    void aMailThatComesOrDoesNotComeAgainstExpectationFails() throws MessagingException {
        Mailbox inbox = mail.inbox("a@b.c");
        assertThatThrownBy(() -> inbox.next(Duration.ofMillis(20)))
                .hasMessageContaining("No mail to a@b.c within 20 ms");
        send("a@b.c", "surprise", "1");
        assertThatThrownBy(() -> inbox.assertNoMailWithin(Duration.ofSeconds(5)))
                .hasMessageContaining("surprise");
        send("a@b.c", "old", "1");
        inbox.skipAll().assertNoMailWithin(Duration.ofMillis(20));
    }

    @Test
    void theServerCanBeAwayForAWhile() throws MessagingException {
        int port = mail.port();
        send("a@b.c", "before", "1");
        mail.close();
        assertThatThrownBy(() -> send("a@b.c", "lost", "1")).isInstanceOf(MessagingException.class);
        mail.reopen();
        assertThat(mail.port()).isEqualTo(port);
        send("a@b.c", "after", "1");
        assertThat(mail.inbox("a@b.c").all()).extracting(Mail::subject).containsExactly("before", "after");
    }

    @Test
    void theServerCanBeSlowAndClosingDoesNotWaitForIt() {
        mail.answerAfter(Duration.ofMinutes(5));
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            try {
                send("a@b.c", "slow", "1");
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        });
        mail.inbox("a@b.c").assertNoMailWithin(Duration.ofMillis(300));
        assertThat(sending).isNotDone();
        mail.close();
        assertThat(sending).failsWithin(Duration.ofSeconds(20));
        assertThat(mail.all()).isEmpty();
    }

    private void send(String to, String subject, String text) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", mail.host());
        properties.setProperty("mail.smtp.port", String.valueOf(mail.port()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("gatehouse@demo.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        message.setHeader("X-Journey", "yes");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        plain.setHeader("Content-Transfer-Encoding", "quoted-printable");
        MimeBodyPart html = new MimeBodyPart();
        html.setText("<p>Grüße</p>", "UTF-8", "html");
        MimeMultipart parts = new MimeMultipart("alternative");
        parts.addBodyPart(plain);
        parts.addBodyPart(html);
        message.setContent(parts);
        Transport.send(message);
    }
}
