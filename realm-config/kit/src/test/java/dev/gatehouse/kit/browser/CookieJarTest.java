// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CookieJarTest {

    private static final URI SHOP = URI.create("https://shop.example/");
    private static final URI LOOP_BACK = URI.create("http://127.0.0.1:8080/");

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final CookieJar jar = new CookieJar(() -> now);

    @Test
    void aCookieWithoutDomainGoesToItsHostOnly() {
        set(SHOP, "a=1");
        assertThat(sent("https://shop.example/x")).isEqualTo("a=1");
        assertThat(sent("https://www.shop.example/x")).isEmpty();
        assertThat(sent("https://notshop.example/x")).isEmpty();
    }

    @Test
    void aCookieWithDomainGoesToHostsBelow() {
        set(SHOP, "a=1; Domain=.shop.example");
        assertThat(sent("https://www.shop.example/")).isEqualTo("a=1");
        assertThat(sent("https://notshop.example/")).isEmpty();
    }

    @Test
    void nobodySetsACookieForAStrangersDomain() {
        set(SHOP, "a=1; Domain=other.example", "b=1; Domain=example", "c=1; Domain=www.shop.example");
        assertThat(jar.all()).isEmpty();
    }

    @Test
    void portsDoNotSeparateCookies() {
        set(LOOP_BACK, "a=1");
        assertThat(sent("http://127.0.0.1:9999/")).isEqualTo("a=1");
        assertThat(sent("http://localhost:8080/")).isEmpty();
    }

    @Test
    void thePathMatchesWholeStepsOnly() {
        set(SHOP, "a=1; Path=/realms/one");
        assertThat(sent("https://shop.example/realms/one")).isEqualTo("a=1");
        assertThat(sent("https://shop.example/realms/one/x")).isEqualTo("a=1");
        assertThat(sent("https://shop.example/realms/onetwo")).isEmpty();
        assertThat(sent("https://shop.example/realms")).isEmpty();
    }

    @Test
    void withoutAPathTheFolderOfTheAddressCounts() {
        set(URI.create("https://shop.example/a/b"), "a=1");
        assertThat(sent("https://shop.example/a")).isEqualTo("a=1");
        assertThat(sent("https://shop.example/")).isEmpty();
    }

    @Test
    void longerPathsComeFirstAndThenOlderCookies() {
        set(SHOP, "a=1", "b=2", "c=3; Path=/x");
        set(SHOP, "a=4");
        assertThat(sent("https://shop.example/x")).isEqualTo("c=3; a=4; b=2");
    }

    @Test
    void aCookieEndsWithItsTime() {
        set(SHOP, "a=1; Max-Age=60", "b=1; Expires=Tue, 24 Nov 2026 12:00:30 GMT", "c=1; Expires=never");
        now = now.plusSeconds(31);
        assertThat(sent(SHOP.toString())).isEqualTo("a=1; c=1");
        now = now.plusSeconds(30);
        assertThat(sent(SHOP.toString())).isEqualTo("c=1");
    }

    @Test
    void maxAgeWinsOverExpires() {
        set(SHOP, "a=1; Max-Age=60; Expires=Thu, 01-Jan-1970 00:00:10 GMT");
        assertThat(sent(SHOP.toString())).isEqualTo("a=1");
    }

    @Test
    void anEndInThePastDeletes() {
        set(SHOP, "a=1", "b=1", "c=1; Path=/x");
        set(SHOP, "a=; Max-Age=0", "b=; Expires=Thu, 01 Jan 1970 00:00:10 GMT", "c=; Max-Age=0");
        assertThat(sent("https://shop.example/x"))
                .as("the one with another path stays")
                .isEqualTo("c=1");
    }

    @Test
    void secureCookiesNeedHttpsOrTheLoopBack() {
        set(SHOP, "a=1; Secure");
        set(LOOP_BACK, "b=1; Secure");
        set(URI.create("http://shop.example/"), "c=1; Secure", "a=stolen");
        assertThat(sent("https://shop.example/")).isEqualTo("a=1");
        assertThat(sent("http://shop.example/")).isEmpty();
        assertThat(sent("http://127.0.0.1:1/")).isEqualTo("b=1");
    }

    @Test
    void prefixesKeepTheirPromise() {
        set(
                LOOP_BACK,
                "__Host-a=1; Secure; Path=/",
                "__Host-b=1; Path=/",
                "__Host-c=1; Secure; Path=/x",
                "__Host-d=1; Secure; Path=/; Domain=127.0.0.1",
                "__Secure-e=1; Secure",
                "__secure-f=1");
        assertThat(jar.all()).extracting(Cookie::name).containsExactly("__Host-a", "__Secure-e");
    }

    @Test
    void crossSitePostsCarryOnlyCookiesThatMayLeave() {
        set(SHOP, "strict=1; SameSite=Strict", "lax=1; SameSite=Lax", "none=1; SameSite=None; Secure", "silent=1");
        Provenance elsewhere = Provenance.page(URI.create("https://evil.example"));
        assertThat(jar.header(SHOP, "POST", elsewhere)).isEqualTo("none=1");
        assertThat(jar.header(SHOP, "GET", elsewhere)).isEqualTo("lax=1; none=1; silent=1");
        assertThat(jar.header(SHOP, "POST", Provenance.page(SHOP))).isEqualTo("strict=1; lax=1; none=1; silent=1");
        assertThat(jar.header(SHOP, "GET", Provenance.TYPED)).startsWith("strict=1");
    }

    @Test
    void aCookieThatMayLeaveMustBeSecure() {
        set(SHOP, "a=1; SameSite=None");
        assertThat(jar.all()).isEmpty();
    }

    @Test
    void whatIsNoCookieIsThrownAway() {
        set(SHOP, "", "=1", "novalue", "a=1\u0007");
        assertThat(jar.all()).isEmpty();
    }

    private void set(URI from, String... setCookies) {
        jar.store(List.of(setCookies), from);
    }

    private String sent(String uri) {
        return jar.header(URI.create(uri), "GET", Provenance.TYPED);
    }
}
