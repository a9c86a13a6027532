// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import org.keycloak.services.messages.Messages;
import org.keycloak.services.validation.Validation;

/** Why a device is not set up yet. */
enum EnrolmentProblem {
    /** The code is not one that the device shows about now. */
    CODE("code", Validation.FIELD_OTP_CODE, Messages.INVALID_TOTP),
    /** A second device needs a name. */
    NAME_MISSING("name-missing", Validation.FIELD_OTP_LABEL, Messages.MISSING_TOTP_DEVICE_NAME),
    NAME_TAKEN("name-taken", Validation.FIELD_OTP_LABEL, "gatehouseTotpNameTaken"),
    /** The account has as many devices as it may have. */
    TOO_MANY("too-many", Validation.FIELD_OTP_CODE, "gatehouseTotpTooMany");

    private final String reason;
    private final String field;
    private final String message;

    EnrolmentProblem(String reason, String field, String message) {
        this.reason = reason;
        this.field = field;
        this.message = message;
    }

    /** For the event. */
    String reason() {
        return reason;
    }

    /** The field of the page that it is about. */
    String field() {
        return field;
    }

    /** The key of its text. */
    String message() {
        return message;
    }
}
