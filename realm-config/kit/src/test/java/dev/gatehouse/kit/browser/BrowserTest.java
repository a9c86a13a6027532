// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BrowserTest {

    private final TestSite site = new TestSite().page("/end", "<html lang=de><title>T</title><h1>The end</h1></html>");
    private final Browser anna = Browser.fresh();

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void redirectsAreFollowedAndRemembered() {
        site.redirect("/a/b", 302, "../c?x=1")
                .redirect("/c", 301, "?y=2#top")
                .redirect("/d", 302, site.at("/end").toString());
        Page page = anna.open(site.at("/d"));
        assertThat(page.heading()).isEqualTo("The end");
        assertThat(page.title()).isEqualTo("T");
        assertThat(page.language()).isEqualTo("de");
        assertThat(page.hops()).extracting(Hop::status).containsExactly(302, 200);
        assertThatThrownBy(() -> anna.open(site.at("/a/b"))).hasMessageContaining("More than 20 redirects");
        assertThat(site.seen()).extracting(TestSite.Seen::uri).contains("/c?x=1", "/c?y=2");
    }

    @ParameterizedTest
    @CsvSource({"301,GET", "302,GET", "303,GET", "307,POST", "308,POST"})
    void aPostIsRepeatedOnlyWhereTheStatusSaysSo(int status, String method) {
        site.redirect("/form", status, "/end");
        anna.post(site.at("/form"), Map.of("a", "ä&b"));
        assertThat(site.last().method()).isEqualTo(method);
        assertThat(site.last().body()).isEqualTo(method.equals("POST") ? "a=%C3%A4%26b" : "");
    }

    @Test
    void theWayEndsAtTheCallbackOfTheApp() {
        site.redirect("/login", 302, "http://127.0.0.1:1/callback?code=a%20b&state=s");
        Page page = anna.stoppingAt("http://127.0.0.1:1/callback").open(site.at("/login"));
        assertThat(page.isAtStop()).isTrue();
        assertThat(page.query()).containsExactlyInAnyOrderEntriesOf(Map.of("code", "a b", "state", "s"));
        assertThat(page.status()).isEqualTo(302);
    }

    @Test
    void aLongerPathIsNotTheCallback() {
        site.redirect("/login", 302, site.at("/end").toString());
        assertThat(anna.stoppingAt(site.at("/en")).open(site.at("/login")).isAtStop())
                .isFalse();
    }

    @Test
    void aRouteChangesWhereARequestGoesAndNothingThatTheBrowserKnows() {
        try (TestSite other = new TestSite()) {
            other.cookies("/set", "a=1").redirect("/go", 302, "/end").page("/end", "<h1>The other end</h1>");
            anna.through(uri -> other.at(uri.getPath())).open(site.at("/set"));
            Page page = anna.post(site.at("/go"), Map.of());
            assertThat(page.heading()).isEqualTo("The other end");
            assertThat(page.uri()).isEqualTo(site.at("/end"));
            assertThat(other.seen()).extracting(TestSite.Seen::cookie).containsExactly("", "a=1", "a=1");
            assertThat(other.seen().get(1).origin() + "/end")
                    .isEqualTo(site.at("/end").toString());
            assertThat(site.seen()).isEmpty();
        }
    }

    @Test
    void browsersShareNoCookie() {
        site.cookies("/set", "a=1; HttpOnly", "b=2");
        anna.open(site.at("/set"));
        anna.open(site.at("/end"));
        assertThat(site.last().cookie()).isEqualTo("a=1; b=2");
        Browser.fresh().open(site.at("/end"));
        assertThat(site.last().cookie()).isEmpty();
        assertThat(anna.cookie("a")).get().extracting(Cookie::httpOnly).isEqualTo(true);
    }

    @Test
    void aForeignPageSendsItsOwnOriginAndOnlyCookiesThatMayLeave() {
        site.cookies("/set", "lax=1; SameSite=Lax", "none=1; SameSite=None; Secure");
        anna.open(site.at("/set"));
        anna.onForeignPage("https://evil.example").submit(site.at("/end"), Map.of("a", "1"));
        assertThat(site.last())
                .isEqualTo(new TestSite.Seen("POST", "/end", "none=1", "https://evil.example", "cross-site", "a=1"));
        anna.onForeignPage("https://evil.example").follow(site.at("/end"));
        assertThat(site.last().cookie()).isEqualTo("lax=1; none=1");
    }

    @Test
    void anotherNameOfTheSameServerIsAnotherSite() {
        site.cookies("/set", "lax=1");
        anna.open(site.at("/set"));
        anna.onForeignPage(site.atLocalhost("/").toString()).submit(site.at("/end"), Map.of());
        assertThat(site.last().cookie()).isEmpty();
    }

    @Test
    void aPageThatHidesItsAddressPostsWithoutOrigin() {
        site.page("/form", "<form method=post action=/end></form>", "Referrer-Policy", "no-referrer");
        anna.open(site.at("/form")).form().enter();
        assertThat(site.last().origin()).isEqualTo("null");
        assertThat(site.last().fetchSite()).isEqualTo("same-origin");
    }

    @Test
    void aSingleRequestFollowsNothing() {
        site.redirect("/a", 302, "/end").cookies("/set", "a=1");
        anna.requests().get(site.at("/set"));
        Page page = anna.requests().with("Accept", "application/json").head(site.at("/a"));
        assertThat(page.status()).isEqualTo(302);
        assertThat(page.header("location")).isEqualTo("/end");
        assertThat(site.last().method()).isEqualTo("HEAD");
        assertThat(site.last().cookie()).isEqualTo("a=1");
    }

    @Test
    void aScannerLooksTwicePressesEveryButtonAndKeepsNoCookie() {
        site.page(
                "/link",
                "<form method=post action=/one><input type=hidden name=t value=x><button name=b value=1>Yes</button>"
                        + "<button name=b value=2>No</button></form><form action=/two></form>",
                "Set-Cookie",
                "a=1");
        Browser.scanner().visit(site.at("/link"));
        assertThat(site.seen())
                .extracting(seen -> seen.method() + " " + seen.uri() + " " + seen.body())
                .containsExactly(
                        "HEAD /link ",
                        "GET /link ",
                        "GET /link ",
                        "POST /one t=x&b=1",
                        "POST /one t=x&b=2",
                        "GET /two ");
        assertThat(site.seen()).extracting(TestSite.Seen::cookie).containsOnly("");
    }

    @Test
    void aLinkIsFoundByItsText() {
        site.page("/a", "<a href='mailto:x@y'>Write</a> <a href=end>To the <b>end</b></a> <a href=/x hidden>No</a>");
        assertThat(anna.open(site.at("/a")).link("To the end").click().heading())
                .isEqualTo("The end");
        assertThatThrownBy(() -> anna.open(site.at("/a")).link("No"))
                .hasMessageContaining("No link \"No\"")
                .hasMessageContaining("there: \"To the end\"");
    }
}
