// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.cookie;

import java.time.Duration;
import java.util.Objects;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;

import static org.assertj.core.api.Assertions.assertThat;

class HostCookieTest {

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);
    private final KeycloakSession session = server.request(realm).model();
    private final HostCookie cookie = new HostCookie("gatehouse-test");

    private NewCookie given(String name) {
        return (NewCookie) Objects.requireNonNull(server.cookies().get(name));
    }

    @Test
    void overHttpsNobodyElseCanPlantIt() {
        server.base("https://id.example.org/");

        cookie.give(session, "value", Duration.ofDays(1));

        NewCookie given = given("__Host-gatehouse-test");
        assertThat(given.getValue()).isEqualTo("value");
        assertThat(given.isSecure()).isTrue();
        assertThat(given.isHttpOnly()).isTrue();
        assertThat(given.getPath()).isEqualTo("/");
        assertThat(given.getDomain()).isNull();
        assertThat(given.getSameSite()).isEqualTo(NewCookie.SameSite.LAX);
        assertThat(given.getMaxAge()).isEqualTo(86_400);
        assertThat(cookie.read(session)).contains("value");
    }

    @Test
    void overPlainHttpItHasAPlainName() {
        cookie.give(session, "value");

        NewCookie given = given("gatehouse-test");
        assertThat(given.isSecure()).isFalse();
        assertThat(given.isHttpOnly()).isTrue();
        assertThat(given.getMaxAge()).isEqualTo(NewCookie.DEFAULT_MAX_AGE);
        assertThat(cookie.read(session)).contains("value");
    }

    @Test
    void aPlainOneDoesNotCountOverHttps() {
        server.cookies()
                .put(
                        "gatehouse-test",
                        new Cookie.Builder("gatehouse-test").value("planted").build());
        server.base("https://id.example.org/");

        assertThat(cookie.read(session)).isEmpty();
    }

    @Test
    void aBrowserWithoutItHasNone() {
        assertThat(cookie.read(session)).isEmpty();
    }
}
