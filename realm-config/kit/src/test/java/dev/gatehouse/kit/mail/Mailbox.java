// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.mail;

import java.time.Duration;
import java.util.List;

/** The mailbox of one address. Each mail is given out once by {@link #next}, to whoever asks first. */
public final class Mailbox {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Arrivals arrivals;
    private final String address;

    Mailbox(Arrivals arrivals, String address) {
        this.arrivals = arrivals;
        this.address = address;
    }

    public String address() {
        return address;
    }

    /** Waits for the next mail for as long as any mail should take. */
    public Mail next() {
        return next(PATIENCE);
    }

    /** Waits for the next mail that was not given out yet. */
    public Mail next(Duration timeout) {
        Mail mail = arrivals.next(address, timeout);
        if (mail == null) {
            throw new AssertionError(
                    "No mail to " + address + " within " + timeout.toMillis() + " ms; mailboxes with mail: "
                            + arrivals.all().stream().map(Mail::to).distinct().toList());
        }
        return mail;
    }

    /** Waits the whole time, unless a mail comes. */
    public void assertNoMailWithin(Duration time) {
        Mail mail = arrivals.next(address, time);
        if (mail != null) {
            throw new AssertionError("A mail to " + address + " that should not be: \"" + mail.subject() + "\"");
        }
    }

    /** Every mail of this mailbox so far, given out or not. */
    public List<Mail> all() {
        return arrivals.of(address);
    }

    /** What is there by now will not be given out any more. */
    public Mailbox skipAll() {
        arrivals.skip(address);
        return this;
    }
}
