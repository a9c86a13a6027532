// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.mail;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;

/**
 * An SMTP server on 127.0.0.1 that takes every mail. Mails outlive {@link #close}, and {@link #reopen} listens at the
 * same port again: a server that was away for a while.
 */
public final class MailServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Arrivals arrivals = new Arrivals();
    private volatile CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration delay = Duration.ZERO;
    private final int port;
    private GreenMail server;

    private MailServer(int wantedPort) {
        server = listen(wantedPort);
        port = server.getSmtp().getPort();
    }

    /** Listens at any free port. */
    public static MailServer start() {
        return start(0);
    }

    public static MailServer start(int port) {
        return new MailServer(port);
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return port;
    }

    /** The mailbox of an address; asking twice gives the same one. */
    public Mailbox inbox(String address) {
        return new Mailbox(arrivals, address.toLowerCase(Locale.ROOT));
    }

    /** Every mail so far, the oldest first. */
    public List<Mail> all() {
        return arrivals.all();
    }

    /** From now on, every mail is answered only after this time. */
    public void answerAfter(Duration time) {
        delay = time;
    }

    /** Connections are refused from now on; what is waiting for a slow answer is cut off. */
    @Override
    public synchronized void close() {
        closed.countDown();
        server.stop();
    }

    /** Is there again, at the port it had. */
    public synchronized void reopen() {
        close();
        closed = new CountDownLatch(1);
        server = listen(port);
    }

    private GreenMail listen(int at) {
        GreenMail greenMail = new GreenMail(new ServerSetup(at, HOST, ServerSetup.PROTOCOL_SMTP));
        UserManager users = greenMail.getUserManager();
        users.setMessageDeliveryHandler((message, recipient) -> {
            dawdle();
            arrivals.add(recipient.getEmail(), message.getMessage());
            return account(users, recipient.getEmail());
        });
        greenMail.start();
        return greenMail;
    }

    private void dawdle() throws MessagingException {
        try {
            if (!delay.isZero() && closed.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new MessagingException("The server was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted", e);
        }
    }

    /** GreenMail wants to keep a copy under an account of its own. */
    private static GreenMailUser account(UserManager users, String email) throws UserException {
        synchronized (users) {
            GreenMailUser known = users.getUserByEmail(email);
            return known == null ? users.createUser(email, email, "") : known;
        }
    }
}
