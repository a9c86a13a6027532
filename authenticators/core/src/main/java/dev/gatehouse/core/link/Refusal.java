// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.util.Locale;

/** Why a link was not sent, not approved or not finished: for the audit event, never for the person outside. */
public enum Refusal {
    /** No account has the address, or several have. */
    UNKNOWN_ADDRESS,
    /** The account is disabled. */
    DISABLED,
    /** The account is locked by Keycloak's brute-force protection, for good, or for a while where that counts. */
    LOCKED,
    /** The account's address was never verified. */
    UNVERIFIED,
    /** The account has no address that this kind of message can be sent to, or one that its owner can edit. */
    NO_ADDRESS,
    /** The account is a service account. */
    SERVICE_ACCOUNT,
    /** The address got as many mails as it may; whether it has an account played no part. */
    RATE_LIMITED,
    /** The text is no link of ours, or its record is gone: used, replaced by a newer one, or long over. */
    NOT_FOUND,
    /** The link was made for an address that must not sign in. */
    NOT_REDEEMABLE,
    /** The link's time is over. */
    EXPIRED,
    /** The request does not come from the browser that asked for the link. */
    OTHER_BROWSER,
    /** The browser is the right one, but the tab that asked is gone. */
    TAB_GONE,
    /** The tab is there, but waits for another link now. */
    SUPERSEDED,
    /** The code is not the one of the mail that the tab waits for. */
    WRONG_CODE,
    /** As many wrong codes were typed for this mail as may be. */
    CODE_SPENT,
    /** As many codes were typed for the account, in all tabs, as may be; this one was not looked at. */
    CODE_LIMITED,
    /** The codes could not be counted, so none was looked at. */
    CODE_UNCOUNTED,
    /** Somebody else consumed the link first. */
    USED,
    /** An account was to be made, and the realm or its rules for accounts did not allow it. */
    NOT_CREATED,
    /** The account does not exist any more. */
    USER_GONE,
    /** The account's address is not the one the link was sent to. */
    ADDRESS_CHANGED,
    /** The flow already has another user. */
    OTHER_USER,
    /** The link was minted for another client, or for another address of it. */
    OTHER_CLIENT,
    /** No links are minted any more for this client. */
    CLIENT_NOT_ALLOWED,
    /** The account administers something, and no links are minted for such accounts. */
    ADMIN;

    /** The reason as it stands in an event. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
