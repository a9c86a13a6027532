// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.mail;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

/** All mails in the order in which they came, and how far each mailbox has been read. */
final class Arrivals {

    private final InstantSource clock = InstantSource.system();
    private final Boxes<Mail> mails = new Boxes<>();

    synchronized void add(String mailbox, MimeMessage message) throws MessagingException {
        String box = mailbox.toLowerCase(Locale.ROOT);
        mails.add(box, Mail.read(mails.all().size() + 1, clock.instant(), box, message));
    }

    List<Mail> all() {
        return mails.all();
    }

    List<Mail> of(String mailbox) {
        return mails.of(mailbox);
    }

    /** The next mail that was not read yet, as soon as it is there; null when the time is over. */
    @Nullable
    Mail next(String mailbox, Duration timeout) {
        return mails.next(mailbox, timeout);
    }

    void skip(String mailbox) {
        mails.skip(mailbox);
    }
}
