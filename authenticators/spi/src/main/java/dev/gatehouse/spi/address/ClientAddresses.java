// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.net.Cidr;
import dev.gatehouse.core.net.CidrList;
import dev.gatehouse.core.net.IpAddress;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

/**
 * Where requests come from, by the server's own options for proxies.
 *
 * <ul>
 *   <li>Without {@code proxy-headers} the client is who opened the connection; with {@code proxy-protocol-enabled}, whom
 *       the load balancer names when it opens one.
 *   <li>With {@code proxy-headers} and {@code proxy-trusted-addresses}, a header counts only if a trusted proxy sent the
 *       request. The client is the last entry that is no trusted proxy; if all are, the first one.
 *   <li>With {@code proxy-headers} alone nobody can tell who wrote the header. The client is the entry at a fixed place
 *       from the end, or the first one if there are fewer; this holds only if every request comes through that many
 *       proxies, each of which adds an entry.
 *   <li>Without such a header, the client is who opened the connection.
 * </ul>
 *
 * <p>An entry that is no address is nobody: entries before it are never taken instead, since the client may have written
 * them. All whose address nobody can tell are one and the same to a counter.
 */
public final class ClientAddresses {

    private static final Logger LOG = Logger.getLogger(ClientAddresses.class);

    private static final String HEADERS = "proxy-headers";
    private static final String TRUSTED = "proxy-trusted-addresses";

    /** No chain of trusted proxies is longer, and no header makes more work. */
    private static final int MOST_PROXIES = 50;

    private final Optional<ForwardingHeader> header;
    private final Optional<CidrList> trusted;
    private final int trustedHops;

    private ClientAddresses(Optional<ForwardingHeader> header, Optional<CidrList> trusted, int trustedHops) {
        this.header = header;
        this.trusted = trusted;
        this.trustedHops = trustedHops;
    }

    /**
     * Reads the server's options, and tells the operator once if they do not say whom to believe.
     *
     * @param trustedHops how many proxies every request comes through, from 1 on; counts only for {@code proxy-headers}
     *     without {@code proxy-trusted-addresses}
     */
    public static ClientAddresses fromServer(int trustedHops) {
        if (trustedHops < 1) {
            throw new IllegalArgumentException("At least one proxy writes a header, not " + trustedHops);
        }
        Optional<ForwardingHeader> header = option(HEADERS)
                .map(mode -> "forwarded".equals(mode.trim())
                        ? ForwardingHeader.FORWARDED
                        : ForwardingHeader.X_FORWARDED_FOR);
        Optional<CidrList> trusted = option(TRUSTED).map(ClientAddresses::proxies);
        if (header.isPresent() && trusted.isEmpty()) {
            LOG.errorf(
                    "%s is set but %s is not: anybody who reaches the server past the proxies can choose the address that "
                            + "limits count for. Set %s to the addresses of your proxies. Until then the client is entry %d "
                            + "of %s, counted from the end.",
                    HEADERS, TRUSTED, TRUSTED, trustedHops, header.get().text());
        }
        return new ClientAddresses(header, trusted, trustedHops);
    }

    private static Optional<String> option(String name) {
        return ConfigProvider.getConfig()
                .getOptionalValue("kc." + name, String.class)
                .filter(value -> !value.isBlank());
    }

    /** Keycloak takes a range by any address in it. */
    private static CidrList proxies(String list) {
        List<Cidr> ranges = new ArrayList<>();
        for (String entry : list.split(",", -1)) {
            Optional<Cidr> range = Cidr.around(entry.trim());
            range.ifPresent(ranges::add);
            if (range.isEmpty()) {
                LOG.warnf(
                        "%s has \"%s\", which is neither an address nor a range: limits take such a proxy for a client",
                        TRUSTED, entry.trim());
            }
        }
        return CidrList.of(ranges);
    }

    /** The address of who sent the current request; empty if nobody can tell. */
    public Optional<IpAddress> of(KeycloakSession session) {
        // Asked for first: until the server is asked for the client's address, it has not looked at who sent the
        // request,
        // and a line that a client wrote could stand where the server writes whether the sender is trusted.
        Optional<IpAddress> peer = peer(session.getContext().getConnection().getRemoteAddr());
        if (header.isEmpty()) {
            return peer;
        }
        HttpRequest request = session.getContext().getHttpRequest();
        @Nullable
        List<String> lines =
                request.getHttpHeaders().getRequestHeader(header.get().text());
        if (lines == null || lines.isEmpty() || !request.isProxyTrusted()) {
            // The server has found no header either, or has not looked for one: this is who opened the connection.
            return peer;
        }
        return trusted.isPresent()
                ? beforeTrusted(header.get().lastFirst(lines, MOST_PROXIES + 1), trusted.get())
                : atHop(header.get().lastFirst(lines, trustedHops));
    }

    private static Optional<IpAddress> beforeTrusted(List<Optional<IpAddress>> senders, CidrList trusted) {
        return senders.stream()
                .filter(sender -> sender.filter(trusted::contains).isEmpty())
                .findFirst()
                .orElseGet(() -> senders.size() > MOST_PROXIES ? Optional.empty() : senders.get(senders.size() - 1));
    }

    private static Optional<IpAddress> atHop(List<Optional<IpAddress>> senders) {
        return senders.get(senders.size() - 1);
    }

    /** The server's own text of an address; it may say through which of its network cards a neighbour came. */
    private static Optional<IpAddress> peer(@Nullable String address) {
        if (address == null) {
            return Optional.empty();
        }
        int zone = address.indexOf('%');
        return IpAddress.parse(zone < 0 ? address : address.substring(0, zone));
    }
}
