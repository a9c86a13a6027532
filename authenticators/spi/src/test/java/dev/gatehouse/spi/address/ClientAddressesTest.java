// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.address;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.net.IpAddress;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeOptions;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientAddressesTest {

    private static final Map<String, String> NO_PROXY = Map.of();
    private static final Map<String, String> ANY_PROXY = Map.of("proxy-headers", "xforwarded");
    private static final Map<String, String> OUR_PROXIES =
            Map.of("proxy-headers", "xforwarded", "proxy-trusted-addresses", "10.1.2.3/8, 2001:db8:ff::1");
    private static final Map<String, String> OUR_STANDARD_PROXIES =
            Map.of("proxy-headers", "forwarded", "proxy-trusted-addresses", "10.0.0.0/8");

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);

    private String client(Map<String, String> options, int hops) {
        try (FakeOptions open = new FakeOptions(options);
                CapturedLog log = new CapturedLog(ClientAddresses.class)) {
            assertThat(open.getConfig()).isNotNull();
            String address = ClientAddresses.fromServer(hops)
                    .of(server.request(realm).model())
                    .map(IpAddress::toString)
                    .orElse("-");
            assertThat(log.warnings()).isEmpty();
            return address;
        }
    }

    private String clientFrom(Map<String, String> options, String... lines) {
        // With the header, Keycloak's own answer is the first thing that it says.
        server.remoteAddress("6.6.6.6");
        server.headers().put("X-Forwarded-For", List.of(lines));
        return client(options, 1);
    }

    @Test
    void withoutProxiesTheClientIsWhoOpenedTheConnectionWhateverHeadersSay() {
        server.remoteAddress("192.0.2.7");
        server.headers().put("X-Forwarded-For", List.of("6.6.6.6"));
        server.headers().put("Forwarded", List.of("for=6.6.6.6"));
        server.headers().put("X-Forwarded-Trusted-Proxy", List.of("true"));

        assertThat(client(NO_PROXY, 1)).isEqualTo("192.0.2.7");
    }

    @Test
    void aNeighbourComesWithTheNetworkCardThatItCameThrough() {
        server.remoteAddress("fe80:0:0:0:0:0:0:1%eth0");

        assertThat(client(NO_PROXY, 1)).isEqualTo("fe80::1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "%", "not-an-ip", "unix:socket"})
    void anAddressThatIsNoneIsNobody(@Nullable String address) {
        server.remoteAddress(address);

        assertThat(client(NO_PROXY, 1)).isEqualTo("-");
        assertThat(client(OUR_PROXIES, 1)).isEqualTo("-");
    }

    @Test
    void withoutTheHeaderTheClientIsWhoOpenedTheConnection() {
        server.remoteAddress("192.0.2.7");
        server.headers().put("Forwarded", List.of("for=6.6.6.6"));

        assertThat(client(ANY_PROXY, 1)).isEqualTo("192.0.2.7");
        assertThat(client(OUR_PROXIES, 1)).isEqualTo("192.0.2.7");
    }

    @Test
    void theClientIsTheLastEntryThatIsNoneOfOurProxies() {
        assertThat(clientFrom(OUR_PROXIES, "192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(clientFrom(OUR_PROXIES, "6.6.6.6, 192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(clientFrom(OUR_PROXIES, "6.6.6.6", "192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(clientFrom(OUR_PROXIES, "6.6.6.6, 192.0.2.7, 10.9.9.9")).isEqualTo("192.0.2.7");
        assertThat(clientFrom(OUR_PROXIES, "6.6.6.6, 192.0.2.7, 10.9.9.9, [2001:db8:ff::1]:443, ::ffff:10.0.0.1"))
                .isEqualTo("192.0.2.7");
        assertThat(clientFrom(OUR_PROXIES, "6.6.6.6, 192.0.2.7:5678", "10.9.9.9"))
                .isEqualTo("192.0.2.7");
        assertThat(clientFrom(OUR_PROXIES, "10.6.6.6, 2001:db8::9")).isEqualTo("2001:db8::9");
    }

    @Test
    void ifAllEntriesAreOurProxiesTheClientIsTheFirst() {
        assertThat(clientFrom(OUR_PROXIES, "10.0.0.1, 10.0.0.2")).isEqualTo("10.0.0.1");
    }

    @Test
    void anEntryThatIsNoAddressIsNobodyWhateverStandsBeforeIt() {
        assertThat(clientFrom(OUR_PROXIES, "6.6.6.6, not-an-ip")).isEqualTo("-");
        assertThat(clientFrom(OUR_PROXIES, "6.6.6.6, unknown, 10.0.0.1")).isEqualTo("-");
        assertThat(clientFrom(OUR_PROXIES, "6.6.6.6,")).isEqualTo("-");
        assertThat(clientFrom(OUR_PROXIES, "")).isEqualTo("-");
        assertThat(clientFrom(ANY_PROXY, "6.6.6.6, evil.example.com")).isEqualTo("-");
        // Behind an address it does not matter.
        assertThat(clientFrom(OUR_PROXIES, "not-an-ip, 192.0.2.7")).isEqualTo("192.0.2.7");
    }

    @Test
    void aHeaderThatNoProxyOfOursSentIsNotRead() {
        server.remoteAddress("192.0.2.7");
        server.headers().put("X-Forwarded-For", List.of("6.6.6.6"));
        server.proxyTrusted(false);

        assertThat(client(OUR_PROXIES, 1)).isEqualTo("192.0.2.7");
    }

    @Test
    void withTheStandardHeaderOnlyThatOneIsRead() {
        server.remoteAddress("6.6.6.6");
        server.headers().put("X-Forwarded-For", List.of("6.6.6.6"));
        server.headers().put("Forwarded", List.of("for=6.6.6.6;x=\"", "for=\"[2001:db8::9]:80\", for=10.0.0.1"));

        assertThat(client(OUR_STANDARD_PROXIES, 1)).isEqualTo("2001:db8::9");
    }

    @Test
    void withoutAListOfProxiesTheClientIsAtAFixedPlaceFromTheEnd() {
        assertThat(clientFrom(ANY_PROXY, "6.6.6.6, 192.0.2.7, 10.0.0.1")).isEqualTo("10.0.0.1");
        assertThat(client(ANY_PROXY, 2)).isEqualTo("192.0.2.7");
        assertThat(client(ANY_PROXY, 3)).isEqualTo("6.6.6.6");
        // Fewer proxies than promised: still an entry that one of them wrote.
        assertThat(client(ANY_PROXY, 4)).isEqualTo("6.6.6.6");
        assertThatThrownBy(() -> client(ANY_PROXY, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChainThatNobodyHasIsNobody() {
        assertThat(clientFrom(OUR_PROXIES, "192.0.2.7," + String.join(",", Collections.nCopies(50, "10.0.0.1"))))
                .isEqualTo("192.0.2.7");
        assertThat(clientFrom(OUR_PROXIES, "192.0.2.7," + String.join(",", Collections.nCopies(51, "10.0.0.1"))))
                .isEqualTo("-");
        assertThat(clientFrom(OUR_PROXIES, String.join(",", Collections.nCopies(8000, "10.0.0.1"))))
                .isEqualTo("-");
    }

    @Test
    void aServerThatBelievesAnybodyTellsSoOnceWhenItStarts() {
        try (FakeOptions open = new FakeOptions(ANY_PROXY);
                CapturedLog log = new CapturedLog(ClientAddresses.class)) {
            assertThat(open.getConfig()).isNotNull();
            ClientAddresses addresses = ClientAddresses.fromServer(2);
            server.headers().put("X-Forwarded-For", List.of("6.6.6.6"));
            addresses.of(server.request(realm).model());
            addresses.of(server.request(realm).model());

            assertThat(log.errors())
                    .singleElement()
                    .asString()
                    .contains("Set proxy-trusted-addresses")
                    .contains("entry 2 of X-Forwarded-For");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xforwarded", "forwarded"})
    void aServerWhoseOptionsAreCompleteTellsNothing(String mode) {
        try (FakeOptions open =
                        new FakeOptions(Map.of("proxy-headers", mode, "proxy-trusted-addresses", "10.0.0.0/8,::1"));
                CapturedLog log = new CapturedLog(ClientAddresses.class)) {
            assertThat(open.getConfig()).isNotNull();
            ClientAddresses.fromServer(1);

            assertThat(log.errors()).isEmpty();
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void aProxyThatCannotBeReadIsToldAndTrustedByNobodyHere() {
        server.headers().put("X-Forwarded-For", List.of("192.0.2.7, 10.0.0.1, ::1"));
        try (FakeOptions open = new FakeOptions(
                        Map.of("proxy-headers", "xforwarded", "proxy-trusted-addresses", "10.0.0.1,[::1]"));
                CapturedLog log = new CapturedLog(ClientAddresses.class)) {
            assertThat(open.getConfig()).isNotNull();

            assertThat(ClientAddresses.fromServer(1).of(server.request(realm).model()))
                    .isEqualTo(IpAddress.parse("::1"));
            assertThat(log.warnings()).singleElement().asString().contains("\"[::1]\"");
            assertThat(log.errors()).isEmpty();
        }
    }
}
