// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which addresses text can be sent to so that nobody on the way reads it: by https, or not leaving the machine. */
public final class Addresses {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private Addresses() {}

    /** Whether an address is one of http whose text crosses a network in clear. */
    public static boolean isPlain(String address) {
        return address.toLowerCase(Locale.ROOT).startsWith("http:")
                && parsed(address)
                        .filter(uri -> uri.getHost() != null && isLoopback(uri.getHost()))
                        .isEmpty();
    }

    /** Whether it is an address of http or https with a host, without credentials, whose text nobody on the way reads. */
    public static boolean isSafe(String address) {
        return parsed(address)
                .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null)
                .filter(uri -> uri.getScheme() != null
                        && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?"))
                .filter(uri -> !isPlain(address))
                .isPresent();
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static Optional<URI> parsed(String address) {
        try {
            return Optional.of(new URI(address));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
