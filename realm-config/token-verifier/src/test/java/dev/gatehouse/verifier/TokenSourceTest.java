// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a request may have its token, and from where a cookie's token may come. */
final class TokenSourceTest {

    private final TestRealm realm = new TestRealm();
    private final TokenVerifier verifier =
            realm.verifier().allowedOrigins(List.of("https://app.example.com")).build();
    private final String good = realm.token().signed();
    private final String other = realm.token().claim("username", "eve").signed();
    private final Map<String, List<String>> headers = new LinkedHashMap<>();

    @AfterEach
    void close() {
        realm.close();
    }

    private TokenSourceTest with(String name, String... values) {
        headers.put(name, List.of(values));
        return this;
    }

    private String accepted(String method) throws TokenRefusedException {
        return verifier.verifyRequest(Request.of(method, headers)).username().orElseThrow();
    }

    private Refusal refusal(String method) {
        return TestRealm.refusal(() -> verifier.verifyRequest(Request.of(method, headers)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void readsTheBearerHeader(String scheme) throws Exception {
        assertThat(with("Authorization", scheme + good).accepted("POST")).isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "AUTHORIZATION", "aUTHORIZATION"})
    void readsHeadersInAnyCase(String name) throws Exception {
        assertThat(with(name, "Bearer " + good).accepted("GET")).isEqualTo("ada");
    }

    @Test
    void saysThatThereIsNoToken() {
        assertThat(refusal("GET")).isEqualTo(Refusal.MISSING);
        assertThat(with("Authorization").with("Cookie").refusal("GET")).isEqualTo(Refusal.MISSING);
        assertThat(with("Authorization", "Basic YWRhOnNlY3JldA==").refusal("GET"))
                .isEqualTo(Refusal.MISSING);
        assertThat(with("Authorization", "DPoP " + good).refusal("GET")).isEqualTo(Refusal.MISSING);
        assertThat(with("Authorization", good).refusal("GET")).isEqualTo(Refusal.MISSING);
        assertThat(with("Authorization", "").refusal("GET")).isEqualTo(Refusal.MISSING);
        assertThat(with("Cookie", "token=; theme=dark").refusal("POST")).isEqualTo(Refusal.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "bearer   ", "Bearer a b", "Bearer\tx", "Bearer ,", "Bearer a, Bearer b"})
    void refusesABearerHeaderWithoutAToken(String value) {
        assertThat(with("Authorization", value).refusal("GET")).isIn(Refusal.MALFORMED, Refusal.MISSING);
    }

    @Test
    void refusesTwoAuthorizationFields() {
        assertThat(with("Authorization", "Bearer " + good, "Bearer " + good).refusal("GET"))
                .isEqualTo(Refusal.AMBIGUOUS);
        headers.clear();
        assertThat(with("Authorization", "Bearer " + good)
                        .with("authorization", "Basic YQ==")
                        .refusal("GET"))
                .isEqualTo(Refusal.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "__Host-token"})
    void readsTheCookie(String name) throws Exception {
        assertThat(with("Cookie", "a=b; " + name + "=" + good + "; xtoken=1;token2=2; TOKEN=3; tokens")
                        .accepted("GET"))
                .isEqualTo("ada");
        assertThat(with("cookie", "a=b", name + "=" + good)
                        .with("Cookie", "c=d")
                        .accepted("GET"))
                .isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token", "__host-token", "__Secure-token", "xtoken", "token2", "__Host-token "})
    void readsNoOtherCookie(String name) {
        assertThat(with("Cookie", name + "=" + good).refusal("GET")).isEqualTo(Refusal.MISSING);
    }

    @Test
    void refusesACookieThatComesTwice() {
        assertThat(with("Cookie", "token=" + good + "; token=" + good).refusal("GET"))
                .isEqualTo(Refusal.AMBIGUOUS);
        assertThat(with("Cookie", "token=" + good, "token=" + good).refusal("GET"))
                .isEqualTo(Refusal.AMBIGUOUS);
        assertThat(with("Cookie", "__Host-token=" + good + ";__Host-token=").refusal("GET"))
                .isEqualTo(Refusal.AMBIGUOUS);
    }

    @Test
    void refusesTwoCookiesThatDiffer() throws Exception {
        assertThat(with("Cookie", "token=" + other + "; __Host-token=" + good).refusal("GET"))
                .isEqualTo(Refusal.AMBIGUOUS);
        assertThat(with("Cookie", "token=" + good + "; __Host-token=" + good).accepted("GET"))
                .isEqualTo("ada");
    }

    @Test
    void refusesAHeaderAndACookieThatDiffer() throws Exception {
        assertThat(with("Authorization", "Bearer " + good)
                        .with("Cookie", "token=" + other)
                        .refusal("GET"))
                .isEqualTo(Refusal.AMBIGUOUS);
        assertThat(with("Cookie", "__Host-token=x").refusal("GET")).isEqualTo(Refusal.AMBIGUOUS);
        assertThat(with("Cookie", "token=" + good).accepted("GET")).isEqualTo("ada");
    }

    @Test
    void takesNoOffenceAtCredentialsOfAnotherSchemeNextToACookie() throws Exception {
        assertThat(with("Authorization", "Basic YQ==")
                        .with("Cookie", "token=" + good)
                        .accepted("GET"))
                .isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void letsACookieReadFromAnywhere(String method) throws Exception {
        assertThat(with("Cookie", "token=" + good)
                        .with("Origin", "https://evil.example")
                        .accepted(method))
                .isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get", "PROPFIND", ""})
    void refusesACookieThatWritesFromNowhere(String method) {
        assertThat(with("Cookie", "token=" + good).refusal(method)).isEqualTo(Refusal.ORIGIN_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com/",
                "https://app.example.com.evil.example",
                "https://APP.example.com",
                "*",
                "https://app.example.com https://app.example.com"
            })
    void refusesACookieThatWritesFromAnotherOrigin(String origin) {
        assertThat(with("Cookie", "token=" + good).with("Origin", origin).refusal("POST"))
                .isEqualTo(Refusal.ORIGIN_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-site", "cross-site", "none", "Same-Origin", "", "same-origin, same-origin"})
    void refusesACookieThatWritesFromAnotherSite(String site) {
        assertThat(with("Cookie", "token=" + good).with("Sec-Fetch-Site", site).refusal("POST"))
                .isEqualTo(Refusal.ORIGIN_REFUSED);
    }

    @Test
    void refusesFieldsOfTheGuardThatComeTwice() {
        with("Cookie", "token=" + good);
        assertThat(with("Origin", "https://app.example.com", "https://app.example.com")
                        .refusal("POST"))
                .isEqualTo(Refusal.ORIGIN_REFUSED);
        headers.remove("Origin");
        assertThat(with("Sec-Fetch-Site", "same-origin", "same-origin").refusal("POST"))
                .isEqualTo(Refusal.ORIGIN_REFUSED);
    }

    @Test
    void letsACookieWriteFromAnAllowedOriginAndFromItsOwn() throws Exception {
        assertThat(with("Cookie", "token=" + good)
                        .with("Origin", "https://app.example.com")
                        .accepted("POST"))
                .isEqualTo("ada");
        headers.remove("Origin");
        assertThat(with("Sec-Fetch-Site", "same-origin").accepted("DELETE")).isEqualTo("ada");
    }

    @Test
    void asksNoOriginOfAHeader() throws Exception {
        assertThat(with("Authorization", "Bearer " + good)
                        .with("Origin", "https://evil.example")
                        .accepted("POST"))
                .isEqualTo("ada");
        assertThat(with("Cookie", "token=" + good).accepted("POST"))
                .as("the same, in a header too")
                .isEqualTo("ada");
    }

    @Test
    void looksAtTheOriginBeforeTheToken() {
        assertThat(with("Cookie", "token=gibberish").refusal("POST")).isEqualTo(Refusal.ORIGIN_REFUSED);
        assertThat(realm.server.fetches()).isZero();
    }

    @Test
    void showsNoHeaderAsText() {
        assertThat(with("Cookie", "token=" + good).headers).isNotEmpty();
        assertThat(Request.of("GET", headers)).hasToString("Request[GET]");
    }

    @Test
    void keepsACopyOfTheHeaders() {
        Request request = Request.of("GET", with("Cookie", "token=" + good).headers);
        headers.clear();

        assertThat(request.values("cookie")).hasSize(1);
        assertThatThrownBy(() -> request.values("cookie").clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
