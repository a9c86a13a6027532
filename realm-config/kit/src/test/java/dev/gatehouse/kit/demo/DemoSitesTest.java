// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Link;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.MailServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DemoSitesTest {

    private static final String EVIL = "<script>alert(1)</script><b>\"'&";

    private final MailServer mails = MailServer.start();
    private final Browser anna = Browser.fresh();
    private final InboxSite inbox;
    private final AppSite app;

    DemoSitesTest() throws DemoRefusal {
        inbox = InboxSite.start(new DemoPort("demo.port.inbox", 0), mails);
        app = AppSite.start(new DemoPort("demo.port.app", 0));
    }

    @BeforeEach
    void connect() {
        app.connect(
                URI.create("http://127.0.0.1:1/realms/gatehouse"),
                URI.create("http://127.0.0.1:2"),
                inbox.url(),
                "ada@demo.example");
    }

    @AfterEach
    void stop() {
        app.close();
        inbox.close();
        mails.close();
    }

    @Test
    void theNewestMailComesFirst() throws MessagingException {
        assertThat(anna.open(inbox.url()).text()).contains("No mail yet");
        send("first", "one", "");
        send("second", "two", "");
        assertThat(anna.open(inbox.url()).links()).extracting(Link::text).containsExactly("second", "first");
        assertThat(anna.open(inbox.url()).text()).contains("to ada@demo.example", "2 mails");
    }

    @Test
    void nothingOfAMailRuns() throws MessagingException {
        send(EVIL, EVIL + " http://127.0.0.1:1/x?a=1&b=2", "<h1>Hi</h1><a href='https://a.example/'>go</a>" + EVIL);
        Page list = anna.open(inbox.url());
        assertThat(list.document().select("main script, main b")).isEmpty();
        Page mail = list.link(EVIL).click();
        assertThat(mail.heading()).isEqualTo(EVIL);
        assertThat(mail.document().select("main script, main b")).isEmpty();
        assertThat(mail.link("http://127.0.0.1:1/x?a=1&b=2").target()).hasToString("http://127.0.0.1:1/x?a=1&b=2");
        assertThat(mail.document().select("iframe").attr("sandbox"))
                .isEqualTo("allow-popups allow-popups-to-escape-sandbox");
        assertThat(mail.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'")
                .doesNotContain("unsafe");

        Page html =
                anna.open(inbox.url().resolve(mail.document().select("iframe").attr("src")));
        assertThat(html.header("Content-Security-Policy"))
                .startsWith("sandbox ")
                .contains("default-src 'none'")
                .doesNotContain("allow-scripts", "allow-same-origin", "script-src");
        assertThat(html.document().select("a[href]"))
                .allMatch(link ->
                        link.attr("target").equals("_blank") && link.attr("rel").equals("noopener noreferrer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mail/0", "/mail/2", "/mail/1x", "/mail/9999999", "/mail/-1/html", "/../demo.css"})
    void whatIsNotThereIsNotFound(String path) throws MessagingException {
        send("only", "one", "");
        Page page = anna.requests().get(URI.create(inbox.url() + path));
        assertThat(page.status()).isEqualTo(404);
    }

    @Test
    void theAppIsOnePageWithoutInlineScripts() {
        for (String path : new String[] {"/", "/callback?code=a&state=b"}) {
            Page page = anna.open(app.url() + path);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.language()).isEqualTo("en");
            assertThat(page.header("Content-Security-Policy"))
                    .contains("connect-src 'self' http://127.0.0.1:1 http://127.0.0.1:2;")
                    .doesNotContain("unsafe");
            assertThat(page.document().select("script:not([src]), style, [style], [onclick]"))
                    .isEmpty();
        }
        for (String file : new String[] {"/app.js", "/oidc.js", "/app.css", "/demo.css", "/mark.svg", "/config.json"}) {
            assertThat(anna.requests().get(app.url().resolve(file)).status()).isEqualTo(200);
        }
    }

    @Test
    void theAppLivesAtOneOrigin() {
        URI local = URI.create("http://localhost:" + app.url().getPort() + "/callback?code=a");
        assertThat(anna.open(local).uri()).isEqualTo(URI.create(app.url() + "/"));
    }

    @Test
    void nothingIsWrittenHere() {
        assertThat(anna.requests().post(app.url(), Map.of()).status()).isEqualTo(405);
        assertThat(anna.requests().post(inbox.url(), Map.of()).status()).isEqualTo(405);
        assertThat(anna.requests().head(inbox.url()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:PORT", "127.0.0.1.evil.example:PORT", "127.0.0.1", "localhost:1"})
    void aNameThatIsNotOursLearnsNothing(String host) throws IOException, MessagingException {
        send("secret subject", "one", "");
        for (URI site : new URI[] {inbox.url(), app.url()}) {
            String answer = raw(site, host.replace("PORT", String.valueOf(site.getPort())));
            assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("secret subject", "<html");
        }
        assertThat(raw(inbox.url(), "localhost:" + inbox.url().getPort()))
                .startsWith("HTTP/1.1 200 ")
                .contains("secret subject");
    }

    private static String raw(URI site, String host) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new DemoPort("site", site.getPort()).address());
            String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void send(String subject, String text, String html) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", mails.host());
        properties.setProperty("mail.smtp.port", String.valueOf(mails.port()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("gatehouse@demo.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("ada@demo.example"));
        message.setSubject(subject, "UTF-8");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(html, "UTF-8", "html");
        MimeMultipart parts = new MimeMultipart("alternative");
        parts.addBodyPart(plain);
        parts.addBodyPart(rich);
        message.setContent(parts);
        Transport.send(message);
    }
}
