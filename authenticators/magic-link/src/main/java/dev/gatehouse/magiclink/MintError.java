// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Locale;

import jakarta.ws.rs.core.Response;

/** What a backend is told when no link is minted for it. The backend is trusted: it is told the truth. */
enum MintError {
    /** The request is not one that this address takes. */
    INVALID_REQUEST(Response.Status.BAD_REQUEST),
    /** The client has not registered the redirect address. */
    INVALID_REDIRECT_URI(Response.Status.BAD_REQUEST),
    /** There is no access token in the request. */
    MISSING_TOKEN(Response.Status.UNAUTHORIZED),
    /** The access token is not one of this realm, or it is not valid any more. */
    INVALID_TOKEN(Response.Status.UNAUTHORIZED),
    /** The token is valid, but lacks the role. */
    INSUFFICIENT_SCOPE(Response.Status.FORBIDDEN),
    /** The realm does not list the client among those that links may be minted for. */
    CLIENT_NOT_ALLOWED(Response.Status.FORBIDDEN),
    /** The account administers something. */
    USER_NOT_ALLOWED(Response.Status.FORBIDDEN),
    /** There is no such client. */
    CLIENT_NOT_FOUND(Response.Status.NOT_FOUND),
    /** There is no such account. */
    USER_NOT_FOUND(Response.Status.NOT_FOUND),
    /** The client is there, but a link could not sign anybody in to it. */
    CLIENT_NOT_USABLE(Response.Status.CONFLICT),
    /** The account is there, but nobody can sign in to it by a link. */
    USER_NOT_USABLE(Response.Status.CONFLICT),
    /** The body is not JSON by its content type. */
    UNSUPPORTED_MEDIA_TYPE(Response.Status.UNSUPPORTED_MEDIA_TYPE),
    /** A request could choose where links of this server lead. */
    HOSTNAME_NOT_FIXED(Response.Status.SERVICE_UNAVAILABLE);

    private final Response.Status status;

    MintError(Response.Status status) {
        this.status = status;
    }

    Response.Status status() {
        return status;
    }

    /** The error as it stands in an answer and in an event. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The end of a request for this reason, and a sentence about it without anything of the request in it. */
    MintRefused because(String description) {
        return new MintRefused(this, description);
    }
}
