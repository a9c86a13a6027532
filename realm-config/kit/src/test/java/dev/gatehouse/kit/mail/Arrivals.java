// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.mail;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

/** All mails in the order in which they came, and how far each mailbox has been read. */
final class Arrivals {

    private final InstantSource clock = InstantSource.system();
    private final List<Mail> mails = new ArrayList<>();
    private final Map<String, Integer> read = new HashMap<>();

    synchronized void add(String mailbox, MimeMessage message) throws MessagingException {
        mails.add(Mail.read(mails.size() + 1, clock.instant(), mailbox.toLowerCase(Locale.ROOT), message));
        notifyAll();
    }

    synchronized List<Mail> all() {
        return List.copyOf(mails);
    }

    synchronized List<Mail> of(String mailbox) {
        return mails.stream().filter(mail -> mail.to().equals(mailbox)).toList();
    }

    /** The next mail that was not read yet, as soon as it is there; null when the time is over. */
    synchronized @Nullable Mail next(String mailbox, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            List<Mail> own = of(mailbox);
            int from = read.getOrDefault(mailbox, 0);
            if (own.size() > from) {
                read.put(mailbox, from + 1);
                return own.get(from);
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for a mail to " + mailbox, e);
            }
        }
    }

    synchronized void skip(String mailbox) {
        read.put(mailbox, of(mailbox).size());
    }
}
