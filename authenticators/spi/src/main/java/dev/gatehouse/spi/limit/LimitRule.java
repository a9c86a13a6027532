// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.Set;

import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.settings.Setting;

/** The rules: what each is called, what it counts by, and the realm attribute that holds its rate. */
@SuppressWarnings("ImmutableEnumChecker") // A Setting and a Set.of never change; their types cannot say so.
public enum LimitRule {
    LOGIN_ADDRESS(
            "login-address",
            "gatehouse.limits.login.address",
            "Sign-in tries by address",
            "Tries at a password from one client address, for each kind of form.",
            "5/1m",
            KeyPart.ADDRESS,
            KeyPart.ENDPOINT),
    LOGIN_NAME(
            "login-name",
            "gatehouse.limits.login.name",
            "Sign-in tries by address and name",
            "Tries at the password of one name from one client address.",
            "10/15m",
            KeyPart.ADDRESS,
            KeyPart.NAME),
    REGISTRATION_ADDRESS(
            "registration-address",
            "gatehouse.limits.registration.address",
            "Registrations by address",
            "Registration forms that are sent from one client address.",
            "5/10m",
            KeyPart.ADDRESS),
    RESET_ADDRESS(
            "reset-address",
            "gatehouse.limits.reset.address",
            "Forgotten passwords by address",
            "Requests to reset a password from one client address.",
            "5/15m",
            KeyPart.ADDRESS),
    SEND_ADDRESS(
            "send-address",
            "gatehouse.limits.send.address",
            "Mails by client address",
            "Sign-in mails that are asked for from one client address.",
            "60/1h",
            KeyPart.ADDRESS),
    SEND_NAME(
            "send-name",
            "gatehouse.limits.send.name",
            "Mails by mail address",
            "Sign-in mails to one mail address. More are dropped without a word: the page is the same.",
            "5/1h",
            KeyPart.NAME),
    HTTP_ADDRESS(
            "http-address",
            "gatehouse.limits.http.address",
            "Requests by address",
            "POST requests from one client address that the realm answers with an error.",
            "60/1m",
            KeyPart.ADDRESS);

    /** What a counter is kept for. */
    enum KeyPart {
        ADDRESS,
        ENDPOINT,
        NAME
    }

    private final String text;
    private final Setting<Rate> setting;
    private final Set<KeyPart> parts;

    LimitRule(String text, String attribute, String label, String help, String rate, KeyPart... parts) {
        this.text = text;
        this.setting = Rate.setting(attribute, label, help, rate);
        this.parts = Set.of(parts);
    }

    /** The rule's name in events, metrics and headers. */
    public String text() {
        return text;
    }

    /** The realm attribute. */
    public Setting<Rate> setting() {
        return setting;
    }

    /** Whether nobody outside may learn that it refused: neither by a page nor by a header. */
    boolean isSilent() {
        return this == SEND_NAME;
    }

    Set<KeyPart> parts() {
        return parts;
    }
}
