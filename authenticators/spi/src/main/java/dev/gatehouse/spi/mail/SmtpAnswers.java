// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.internet.ParseException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailException;
import org.keycloak.theme.FreeMarkerException;

/** Tells which failures of Keycloak's mail sender would be the same at every try. */
final class SmtpAnswers {

    private SmtpAnswers() {}

    /**
     * Whether another try is of no use: an address or a template that is wrong, credentials that are refused, a mail
     * server that says no for good (5xx). Everything else may be over soon: what it says no to for now (4xx), and whatever
     * happens on the way to it.
     */
    static boolean arePermanent(EmailException failure) {
        if (failure.getCause() == null) {
            // Nobody was asked: an address is missing or is none.
            return true;
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = next(cause)) {
            if (cause instanceof ParseException || cause instanceof FreeMarkerException) {
                return true;
            }
            if (cause instanceof AuthenticationFailedException refused) {
                return !isForNow(refused.getMessage());
            }
            int code = code(cause);
            if (code >= 400) {
                return code >= 500;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure.getCause() == failure ? null : failure.getCause();
    }

    private static int code(Throwable failure) {
        if (failure instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        if (failure instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return failure instanceof SMTPSendFailedException data ? data.getReturnCode() : 0;
    }

    /** Whether the answer of a mail server begins with 4: it could not check the credentials. */
    private static boolean isForNow(@Nullable String answer) {
        return answer != null && answer.startsWith("4");
    }
}
