// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Where the gateway is. Its query can hold a key, so it is not shown. */
record GatewayUrl(URI uri) {

    /** What {@link #parse} accepts, as a phrase that can follow "must be". */
    static final String RANGE =
            "an https:// address without user, password and fragment; http:// for localhost, 127.0.0.1 "
                    + "or [::1] only";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    static Optional<GatewayUrl> parse(String text) {
        try {
            URI uri = new URI(text);
            @Nullable String host = uri.getHost();
            boolean plain = host != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= 65_535;
            boolean sealed = "https".equalsIgnoreCase(uri.getScheme())
                    || ("http".equalsIgnoreCase(uri.getScheme()) && host != null && LOOPBACK.contains(host));
            return plain && sealed ? Optional.of(new GatewayUrl(uri)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?[hidden]");
    }
}
