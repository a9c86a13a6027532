// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Moments as mails write them. */
final class MailTimes {

    private MailTimes() {}

    /** In a zone that is the same for everybody: where the reader is, nobody here knows. */
    static String of(Instant moment, Locale language) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                        .withLocale(language)
                        .format(moment.atOffset(ZoneOffset.UTC))
                + " UTC";
    }
}
