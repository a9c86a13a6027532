// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The {@code otpauth://totp/} address that an authenticator app reads from a QR code or opens from a link. It has the secret
 * in clear.
 *
 * <p>Guaranteed: whatever the names are, it is one address of printable ASCII, with these parameters and no others, that
 * fits into a QR code. {@link #toString()} never shows it. Not guaranteed: that two names that look alike are different.
 */
public final class EnrolmentUri {

    /** More than an app shows in a line; both together leave a QR code room for the rest. */
    private static final int LONGEST_ISSUER = 48;

    private static final int LONGEST_ACCOUNT = 100;

    /** What stands for an account without a name that can be shown. */
    private static final String NAMELESS = "-";

    private final String text;

    private EnrolmentUri(String text) {
        this.text = text;
    }

    /**
     * The address for a device that makes codes by time.
     *
     * @param issuer who asks for the codes, as the app is to show it; where nothing of it can be shown, it is left out
     * @param account whose codes they are, as the app is to show it
     */
    public static EnrolmentUri of(String issuer, String account, OtpSecret secret, OtpParameters parameters) {
        String who = percent(shown(issuer, LONGEST_ISSUER));
        String whose = percent(shown(account, LONGEST_ACCOUNT));
        return new EnrolmentUri("otpauth://totp/"
                + (who.isEmpty() ? "" : who + ":")
                + (whose.isEmpty() ? NAMELESS : whose)
                + "?secret=" + secret.base32()
                + (who.isEmpty() ? "" : "&issuer=" + who)
                + "&algorithm=" + parameters.algorithm().uriName()
                + "&digits=" + parameters.digits()
                + "&period=" + parameters.periodSeconds());
    }

    /** The address in clear: only for the app that is to make codes. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "EnrolmentUri[redacted]";
    }

    /** What of {@code name} a label can hold, on one line. */
    private static String shown(String name, int longest) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().map(letter -> isShown(letter) ? letter : ' ').forEach(shown::appendCodePoint);
        String line = shown.toString().strip().replaceAll(" {2,}", " ");
        return line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest)).strip();
    }

    private static boolean isShown(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            // Some turn the direction of what follows. Joiners do not, and words of some scripts need them.
            case Character.FORMAT -> letter == 0x200c || letter == 0x200d;
            // It parts the issuer from the account, written as %3A as well.
            default -> letter != ':';
        };
    }

    private static String percent(String text) {
        // Many apps show the plus of a form as a plus.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
