// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses in realms. */
final class Addresses {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private Addresses() {}

    /** Whether text crosses a network in clear on its way to an address. */
    static boolean isPlain(String address) {
        return address.toLowerCase(Locale.ROOT).startsWith("http:") && !isLoopback(address);
    }

    private static boolean isLoopback(String address) {
        return host(address).filter(host -> LOOPBACK.matcher(host).matches()).isPresent();
    }

    private static Optional<String> host(String address) {
        try {
            return Optional.ofNullable(new URI(address).getHost());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
