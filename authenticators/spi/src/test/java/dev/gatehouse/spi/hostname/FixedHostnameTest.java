// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.hostname;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeConfig;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;

import static org.assertj.core.api.Assertions.assertThat;

class FixedHostnameTest {

    private static final String OPTION = "hostname/v2";

    private final CapturedLog log = new CapturedLog(FixedHostname.class);
    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);
    private final FixedHostname hostname = new FixedHostname();

    @BeforeEach
    void noOption() {
        Config.init(FakeConfig.server(OPTION, Map.of()));
    }

    @AfterEach
    void asBefore() {
        Config.init(new Config.SystemPropertiesConfigProvider());
        log.close();
    }

    private Optional<URI> baseAt(String address) {
        server.base(address);
        return hostname.baseUri(server.request(realm).model());
    }

    @Test
    void theServersOptionFixesIt() {
        Config.init(FakeConfig.server(OPTION, Map.of("hostname", "https://ID.example.org")));

        assertThat(baseAt("https://id.example.org/")).contains(URI.create("https://id.example.org/"));
        assertThat(log.warnings()).isEmpty();
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void theRealmsFrontendUrlFixesIt() {
        realm.attribute("frontendUrl", "https://shop.example.org/");

        assertThat(baseAt("https://shop.example.org/")).contains(URI.create("https://shop.example.org/"));
        assertThat(log.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "http://192.168.0.1/",
                "http://127.0.0.1.evil.example/",
                "http://localhost.evil.example/",
                "http://127.0.0.2/",
                "http://[::2]/",
                "http://evil.example#@localhost/",
                "http://localhost@evil.example/",
                "http://my_host:8080/",
            })
    void aHostThatARequestChoseIsRefusedAndSaid(String address) {
        assertThat(baseAt(address)).isEmpty();
        assertThat(log.errors())
                .containsExactly(
                        "No link is sent in realm shop: set the server's hostname option to a full address such as "
                                + "https://id.example.org, or the realm's frontend URL; without it a request decides where "
                                + "links lead");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example.org:6666/",
                "http://id.example.org/",
                "https://id.example.org/evil/",
                "https://id.example.org.evil.example/",
            })
    void aHostAloneDoesNotFixSchemePortAndPath(String address) {
        Config.init(FakeConfig.server(OPTION, Map.of("hostname", "id.example.org")));
        assertThat(baseAt(address)).isEmpty();

        Config.init(FakeConfig.server(OPTION, Map.of("hostname", "https://id.example.org")));
        assertThat(baseAt(address)).isEmpty();
    }

    @Test
    void theSameAddressInAnotherSpellingIsTheSame() {
        Config.init(FakeConfig.server(OPTION, Map.of("hostname", " HTTPS://id.Example.org:443/auth ")));

        assertThat(baseAt("https://id.example.org/auth/")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "//evil.example",
                "evil.example:443",
                "ftp://evil.example/",
                "https://",
                "http://%"
            })
    void aFrontendUrlThatKeycloakCannotUseFixesNothing(String frontendUrl) {
        realm.attribute("frontendUrl", frontendUrl);

        assertThat(baseAt("https://evil.example/")).isEmpty();
        assertThat(baseAt("http://evil.example/")).isEmpty();
    }

    @Test
    void aBlankOptionOrFrontendUrlFixesNothing() {
        realm.attribute("frontendUrl", " ");
        Config.init(FakeConfig.server(OPTION, Map.of("hostname", "")));

        assertThat(baseAt("https://evil.example/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/", "http://127.0.0.1:8080/auth/", "http://[::1]:8080/"})
    void aLoopbackAddressPassesWithOneWarningForAll(String address) {
        assertThat(baseAt(address)).contains(URI.create(address));
        assertThat(baseAt(address)).contains(URI.create(address));

        assertThat(log.warnings())
                .containsExactly(
                        "Links lead to a loopback address because the server's hostname option is not a full address");
    }
}
