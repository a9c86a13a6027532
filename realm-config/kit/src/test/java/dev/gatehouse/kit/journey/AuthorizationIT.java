// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the shipped realm lets an app ask for, and what somebody who sends a person there can do with it (RFC 9700). */
@ExtendWith(KeycloakServer.class)
class AuthorizationIT {

    private final Gatehouse gatehouse;
    private final App app;

    AuthorizationIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
        this.app = gatehouse.app();
    }

    /** The answer to an authorization request that differs in these parameters. */
    private Page ask(Map<String, String> changes) {
        return at(app.authorizationRequest(changes));
    }

    private static Page at(URI request) {
        return Browser.fresh().requests().get(request);
    }

    /** The authorization request without a parameter. */
    private static URI without(URI request, String parameter) {
        return URI.create(request.toString().replaceAll("&" + parameter + "=[^&]*", ""));
    }

    private static URI with(URI request, String parameter, String value) {
        return URI.create(request + "&" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** The app is told at its own address, by name of the error and with nothing that opens anything. */
    private void assertToldToTheApp(Page answer, String error) {
        String location = answer.header("Location");
        assertThat(answer.status()).as(answer.html()).isEqualTo(302);
        assertThat(location).startsWith(App.CALLBACK.toString()).contains("error=" + error, "state=");
        assertThat(location)
                .doesNotContain("code=", "token=")
                .contains("iss=" + URLEncoder.encode(gatehouse.issuer().toString(), StandardCharsets.UTF_8));
    }

    /** The person sees a page, and is sent nowhere. */
    private static void assertRefusedWithAPage(Page answer) {
        assertThat(answer.status()).as(answer.header("Location")).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.headers().firstValue("Refresh")).isEmpty();
        assertThat(answer.heading()).isEqualTo("We are sorry...");
    }

    private Page signedIn(Browser browser, App to, Map<String, String> parameters) {
        return byPassword(to.signIn(browser, parameters), gatehouse.aPerson().create());
    }

    private static Page byPassword(Page login, Person person) {
        return login.press("Username and password")
                .form()
                .forge("username", person.username())
                .forge("password", person.password())
                .enter();
    }

    private String code(App to) {
        Page callback = signedIn(Browser.fresh(), to, Map.of());
        return callback.query().getOrDefault("code", "");
    }

    private void assertInvalidGrant(Page answer) {
        assertThat(answer.status()).as(answer.html()).isEqualTo(400);
        assertThat(Json.of(answer).get("error").asText()).isEqualTo("invalid_grant");
        assertThat(Json.of(answer).has("access_token")).isFalse();
    }

    /** The token endpoint's answer to a public client. */
    private Page token(Map<String, String> fields) {
        return Browser.fresh()
                .requests()
                .post(URI.create(gatehouse.issuer() + "/protocol/openid-connect/token"), fields);
    }

    private static Map<String, String> exchange(String client, String code) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("client_id", client);
        fields.put("redirect_uri", App.CALLBACK.toString());
        fields.put("code", code);
        return fields;
    }

    @Test
    void withoutPkceThereIsNoSignIn() {
        URI request = app.authorizationRequest(Map.of());

        assertToldToTheApp(at(without(without(request, "code_challenge"), "code_challenge_method")), "invalid_request");
        assertToldToTheApp(at(without(request, "code_challenge")), "invalid_request");
        assertToldToTheApp(at(without(request, "code_challenge_method")), "invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "plain,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "S256,short",
        "S256,''",
        "s256,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "S512,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "'',aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "S256,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa aaaaaaaaa",
    })
    void noOtherPkceThanS256WillDo(String method, String challenge) {
        assertToldToTheApp(
                ask(Map.of("code_challenge_method", method, "code_challenge", challenge)), "invalid_request");
    }

    @Test
    void aCodeWithoutItsVerifierOpensNothingAndIsSpent() {
        String missing = code(app);
        assertInvalidGrant(token(exchange("gatehouse-app", missing)));
        assertInvalidGrant(app.exchange(missing));

        String wrong = code(app);
        Map<String, String> fields = exchange("gatehouse-app", wrong);
        fields.put("code_verifier", UUID.randomUUID() + "-" + UUID.randomUUID());
        assertInvalidGrant(token(fields));
        assertInvalidGrant(app.exchange(wrong));
    }

    @Test
    void aCodeIsNoGoodForTheVerifierOfAnotherSignIn() {
        assertInvalidGrant(gatehouse.app().exchange(code(app)));
    }

    @Test
    void aCodeIsForTheAddressThatItWasSentTo() {
        App elsewhere = gatehouse.appAt(47012);

        Page callback = signedIn(Browser.fresh(), elsewhere, Map.of());
        assertThat(callback.uri().getPort()).isEqualTo(47012);
        assertThat(elsewhere.exchange(callback.query().getOrDefault("code", "")).status())
                .isEqualTo(200);

        String code = code(app);
        Map<String, String> fields = exchange("gatehouse-app", code);
        fields.put("redirect_uri", "http://127.0.0.1:47012/callback");
        assertInvalidGrant(token(fields));
    }

    @Test
    void aCodeThatIsUsedTwiceEndsWhatItsFirstUseGave() {
        Browser browser = Browser.fresh();
        Page callback = signedIn(browser, app, Map.of());
        App.Tokens first = app.tokens(callback);
        URI userInfo = URI.create(gatehouse.issuer() + "/protocol/openid-connect/userinfo");
        assertThat(Browser.fresh()
                        .requests()
                        .with("Authorization", "Bearer " + first.access())
                        .get(userInfo)
                        .status())
                .isEqualTo(200);

        assertInvalidGrant(app.exchange(callback.query().getOrDefault("code", "")));

        assertInvalidGrant(token(
                Map.of("grant_type", "refresh_token", "client_id", "gatehouse-app", "refresh_token", first.refresh())));
        assertThat(Browser.fresh()
                        .requests()
                        .with("Authorization", "Bearer " + first.access())
                        .get(userInfo)
                        .status())
                .isEqualTo(401);
        assertThat(app.signIn(browser, Map.of("prompt", "none")).query())
                .as("the person's own session goes on: the code was stolen, not the browser")
                .containsKey("code");
    }

    @Test
    void aCodeOfOneClientIsNoneOfAnothers() {
        try (OwnApp own = OwnApp.with(gatehouse, flow -> flow.required("gatehouse-username-password-form"))) {
            App other = own.app();
            Person pat = gatehouse.aPerson().create();
            Page callback = other.signIn(Browser.fresh())
                    .form()
                    .forge("username", pat.username())
                    .forge("password", pat.password())
                    .enter();

            assertInvalidGrant(app.exchange(callback.query().getOrDefault("code", "")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/callback",
                "http://127.0.0.1:65535/callback",
            })
    void anyPortOfThisMachineIsTheApps(String address) {
        // RFC 8252, section 7.3: a native app listens where there is room.
        Page login = ask(Map.of("redirect_uri", address));

        assertThat(login.status()).isEqualTo(200);
        assertThat(login.heading()).isEqualTo("Sign in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " http://127.0.0.1:47011/callback",
                "http://127.0.0.1:47011/callback ",
                "http://127.0.0.1:47011",
                "http://127.0.0.1:47011/",
                "http://127.0.0.1:47011/callbac",
                "http://127.0.0.1:47011/callback2",
                "http://127.0.0.1:47011/Callback",
                "http://127.0.0.1:47011/%63allback",
                "http://127.0.0.1:47011//callback",
                "http://127.0.0.1:47011/callback/",
                "http://127.0.0.1:47011/callback/x",
                "http://127.0.0.1:47011/callback;x",
                "http://127.0.0.1:47011/callback?x=y",
                "http://127.0.0.1:47011/callback?code=stolen",
                "http://127.0.0.1:47011/callback#",
                "http://127.0.0.1:47011/callback#code=x",
                "http://127.0.0.1:47011/callback%23",
                "http://127.0.0.1:47011/callback%3fx",
                "http://127.0.0.1:47011/callback/..",
                "http://127.0.0.1:47011/callback/../callback",
                "http://127.0.0.1:47011/x/../callback",
                "http://127.0.0.1:47011/x/%2e%2e/callback",
                "http://127.0.0.1:47011/x/%252e%252e/callback",
                "http://127.0.0.1:47011/callback%2f..%2f..",
                "http://127.0.0.1:47011/callback%252f",
                "http://127.0.0.1:47011/./callback",
                "http://127.0.0.1:47011/callback%0d%0aSet-Cookie:%20a=b",
                "http://127.0.0.1:47011/callback\r\nX: y",
                "http://127.0.0.1:47011\\callback",
                "http:\\\\127.0.0.1:47011\\callback",
                "http://app.invalid\\@127.0.0.1:47011/callback",
                "http://127.0.0.1:47011\\@app.invalid/callback",
                "http://127.0.0.1:47011@app.invalid/callback",
                "http://127.0.0.1@app.invalid:47011/callback",
                "http://pat@127.0.0.1:47011/callback",
                "http://pat:word@127.0.0.1:47011/callback",
                "http://@127.0.0.1:47011/callback",
                "http://app.invalid#@127.0.0.1:47011/callback",
                "http://app.invalid?@127.0.0.1:47011/callback",
                "HTTP://127.0.0.1:47011/callback",
                "https://127.0.0.1:47011/callback",
                "ws://127.0.0.1:47011/callback",
                "http:127.0.0.1:47011/callback",
                "http:/127.0.0.1:47011/callback",
                "http:///127.0.0.1:47011/callback",
                "//127.0.0.1:47011/callback",
                "/callback",
                "callback",
                "http://localhost:47011/callback",
                "http://LOCALHOST:47011/callback",
                "http://[::1]:47011/callback",
                "http://[::ffff:127.0.0.1]:47011/callback",
                "http://127.0.0.2:47011/callback",
                "http://127.1:47011/callback",
                "http://0.0.0.0:47011/callback",
                "http://2130706433:47011/callback",
                "http://0x7f000001:47011/callback",
                "http://127.0.0.1.app.invalid:47011/callback",
                "http://127.0.0.1:47011.app.invalid/callback",
                "http://127.0.0.1:x/callback",
                "http://127.0.0.1:-1/callback",
                "http://127。0。0。1:47011/callback",
                "http://127.0.0.1:47011/callback\u202e",
                "http://app.invalid/callback",
                "https://app.invalid/callback",
                "http://127.0.0.1:47011/*",
                "http://127.0.0.1:47011/callback*",
                "http://127.0.0.1:*/callback",
                "http://*/callback",
                "*",
                "javascript:alert(1)",
                "javascript://127.0.0.1:47011/callback%0aalert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:msgbox(1)",
                "file:///callback",
                "about:blank",
                "gatehouse-app://callback",
                "com.example.app:/callback",
                "urn:ietf:wg:oauth:2.0:oob",
            })
    void everyOtherAddressIsRefusedWithAPage(String address) {
        Page answer = ask(Map.of("redirect_uri", address));

        assertRefusedWithAPage(answer);
        assertThat(answer.links()).noneMatch(link -> link.target().toString().contains("app.invalid"));
        assertThat(answer.html()).doesNotContain("alert(1)");
    }

    @Test
    void theAddressHasToBeSaid() {
        assertRefusedWithAPage(at(without(app.authorizationRequest(Map.of()), "redirect_uri")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:47011/callback?", "http://127.0.0.1:47011/callback%00"})
    void anEmptyQueryAndAControlCharacterAreDroppedAndTheCodeGoesToTheAddress(String address) {
        Page callback = signedIn(Browser.fresh(), app, Map.of("redirect_uri", address));

        assertThat(callback.uri().toString())
                .startsWith(App.CALLBACK + "?")
                .doesNotContain("%00")
                .contains("code=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/callback", "http://127.0.0.1:65536/callback"})
    void whereNoAppListensTheErrorIsSentAndNoCode(String address) {
        // It is the app's but for the port. OAuth 2.1 wants a port, and one that there is.
        Page answer = ask(Map.of("redirect_uri", address));

        assertThat(answer.header("Location"))
                .startsWith(address + "?error=invalid_request")
                .doesNotContain("code=");
    }

    @Test
    void twoAddressesAreNoneThatAnybodyIsSentToWithACode() {
        URI good = app.authorizationRequest(Map.of());
        URI bad = app.authorizationRequest(Map.of("redirect_uri", "https://app.invalid/callback"));

        Page second = at(with(good, "redirect_uri", "https://app.invalid/callback"));
        Page first = at(with(bad, "redirect_uri", App.CALLBACK.toString()));

        assertToldToTheApp(second, "invalid_request");
        assertThat(second.header("Location")).doesNotContain("app.invalid");
        assertRefusedWithAPage(first);
    }

    @Test
    void aFormIsAskedAsALinkIs() {
        URI request = app.authorizationRequest(Map.of("redirect_uri", "https://app.invalid/callback"));

        Page answer = Browser.fresh()
                .requests()
                .post(
                        URI.create(request.toString().replaceAll("\\?.*", "")),
                        new LinkedHashMap<>(Map.of(
                                "client_id",
                                "gatehouse-app",
                                "response_type",
                                "code",
                                "redirect_uri",
                                "https://app.invalid/callback",
                                "scope",
                                "openid")));

        assertRefusedWithAPage(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "token,unauthorized_client",
        "id_token,unauthorized_client",
        "id_token token,unauthorized_client",
        "code token,unauthorized_client",
        "code id_token,unauthorized_client",
        "code id_token token,unauthorized_client",
        "CODE,unsupported_response_type",
        "'',unsupported_response_type",
        "none code,unsupported_response_type",
        "password,unsupported_response_type",
    })
    @AllowedInLog("Client is not allowed to initiate browser login with given response_type")
    void noResponseTypeButCodeGivesAnything(String type, String error) {
        Page answer = ask(Map.of("response_type", type, "response_mode", "fragment"));

        assertToldToTheApp(answer, error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web_message", "QUERY", "", "query fragment", "none", "form_post.evil"})
    @AllowedInLog("KC-SERVICES0093: Invalid parameter value for: response_mode")
    void aResponseModeThatNobodyKnowsIsRefused(String mode) {
        assertToldToTheApp(ask(Map.of("response_mode", mode)), "invalid_request");
    }

    @Test
    void whateverTheResponseModeACodeGoesToTheAppsAddress() {
        Page fragment = signedIn(Browser.fresh(), app, Map.of("response_mode", "fragment"));
        assertThat(fragment.uri().toString()).startsWith(App.CALLBACK + "#").contains("code=");

        Page form = signedIn(Browser.fresh(), app, Map.of("response_mode", "form_post"));
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.form().action()).isEqualTo(App.CALLBACK);
        assertThat(form.form().hidden("code")).isNotEmpty();

        Page jwt = signedIn(Browser.fresh(), app, Map.of("response_mode", "jwt"));
        assertThat(jwt.uri().toString()).startsWith(App.CALLBACK + "?response=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "fragment", "form_post"})
    void theStateComesBackAsItWasAndAsNothingElse(String mode) {
        String state = "\"><script>alert(1)</script>&code=stolen#x";

        // Line ends are lost on the way; nothing else is.
        Page callback = signedIn(Browser.fresh(), app, Map.of("response_mode", mode, "state", state + "\r\n"));

        if (mode.equals("form_post")) {
            assertThat(callback.form().hidden("state")).isEqualTo(state);
            assertThat(callback.document().select("script:containsData(alert(1))"))
                    .isEmpty();
        } else {
            assertThat(callback.uri().toString())
                    .contains("state=" + URLEncoder.encode(state, StandardCharsets.UTF_8))
                    .doesNotContain("code=stolen");
        }
    }

    @Test
    void theAnswerSaysWhoseItIs() {
        // RFC 9207: an app with several issuers tells by it which of them answers.
        Page callback = signedIn(Browser.fresh(), app, Map.of());

        assertThat(callback.query())
                .containsEntry("iss", gatehouse.issuer().toString())
                .containsKeys("code", "state");
    }

    @Test
    void askedForNoPageItShowsNone() {
        Browser browser = Browser.fresh();
        assertToldToTheApp(ask(Map.of("prompt", "none")), "login_required");

        signedIn(browser, app, Map.of());
        Page silent = app.signIn(browser, Map.of("prompt", "none"));

        assertThat(silent.isAtStop()).isTrue();
        assertThat(silent.hops()).hasSize(1);
        assertThat(app.tokens(silent).claims().get("sub").asText()).isNotEmpty();
        assertThat(app.signIn(browser, Map.of("prompt", "login")).isAtStop())
                .as("asked for a new sign-in, it asks")
                .isFalse();
    }

    @Test
    void registrationThatIsOffIsNotOpenedByAParameter() {
        assertRefusedWithAPage(ask(Map.of("prompt", "create")));
    }

    @Test
    void aRequestObjectThatNobodySignedCannotSendAnybodyElsewhere() {
        String claims = "{\"client_id\":\"gatehouse-app\",\"response_type\":\"code\",\"scope\":\"openid\","
                + "\"redirect_uri\":\"https://app.invalid/callback\"}";
        String unsigned = base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";

        Page with = ask(Map.of("request", unsigned));
        Page instead = at(with(without(app.authorizationRequest(Map.of()), "redirect_uri"), "request", unsigned));

        assertRefusedWithAPage(with);
        assertRefusedWithAPage(instead);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9/request",
                "https://app.invalid/request",
                "file:///etc/passwd",
                "urn:ietf:params:oauth:request_uri:no-such-request",
            })
    @AllowedInLog("KC-SERVICES0097: Invalid request")
    void aRequestObjectIsFetchedFromNowhere(String address) {
        assertRefusedWithAPage(ask(Map.of("request_uri", address)));
    }

    @Test
    @AllowedInLog("PAR not found, not issued or used multiple times")
    void aPushedRequestKeepsToTheSameRules() {
        URI pushed = URI.create(gatehouse.issuer() + "/protocol/openid-connect/ext/par/request");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("client_id", "gatehouse-app");
        fields.put("response_type", "code");
        fields.put("scope", "openid");
        fields.put("redirect_uri", App.CALLBACK.toString());
        Page withoutPkce = Browser.fresh().requests().post(pushed, fields);
        fields.put("code_challenge", "a".repeat(43));
        fields.put("code_challenge_method", "S256");
        fields.put("redirect_uri", "https://app.invalid/callback");
        Page elsewhere = Browser.fresh().requests().post(pushed, fields);
        fields.put("redirect_uri", App.CALLBACK.toString());
        Page good = Browser.fresh().requests().post(pushed, fields);

        assertThat(withoutPkce.status()).as(withoutPkce.html()).isEqualTo(400);
        assertThat(elsewhere.status()).as(elsewhere.html()).isEqualTo(400);
        assertThat(good.status()).as(good.html()).isEqualTo(201);
        URI request =
                URI.create(gatehouse.issuer() + "/protocol/openid-connect/auth?client_id=gatehouse-app&request_uri="
                        + URLEncoder.encode(Json.of(good).get("request_uri").asText(), StandardCharsets.UTF_8));
        Page login = Browser.fresh().stoppingAt(App.CALLBACK).open(request);
        assertThat(login.heading()).isEqualTo("Sign in");
        Page callback = byPassword(login, gatehouse.aPerson().create());
        assertThat(callback.query()).containsKey("code");
        assertThat(at(request).status())
                .as("a pushed request is good for one sign-in")
                .isEqualTo(400);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Page logout(Map<String, String> parameters) {
        return Browser.fresh()
                .requests()
                .get(URI.create(gatehouse.issuer() + "/protocol/openid-connect/logout?" + App.encoded(parameters)));
    }

    private static final String AFTER = "post_logout_redirect_uri";

    @Test
    void afterSigningOutAPersonComesBackToTheApp() {
        App.Tokens tokens = app.tokens(signedIn(Browser.fresh(), app, Map.of()));

        Page answer = logout(Map.of(AFTER, "http://127.0.0.1:47011/", "id_token_hint", tokens.id(), "state", "s"));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("http://127.0.0.1:47011/?state=s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.invalid/",
                "//app.invalid/",
                "/\\app.invalid/",
                "http://127.0.0.1:47011",
                "http://127.0.0.1:47011/x",
                "http://127.0.0.1:47011/?x=y",
                "http://127.0.0.1:47011/#x",
                "http://127.0.0.1:47011/..//app.invalid",
                "http://127.0.0.1:47011@app.invalid/",
                "http://pat@127.0.0.1:47011/",
                "http://127.0.0.1.app.invalid/",
                "http://localhost:47011/",
                "http://[::1]:47011/",
                "https://127.0.0.1:47011/",
                "HTTP://127.0.0.1:47011/",
                "http://127.0.0.1:47011/*",
                "*",
                "+",
                "-",
                "javascript:alert(1)",
                "data:text/html,x",
            })
    void signingOutSendsNobodyElsewhere(String address) {
        String hint = app.tokens(signedIn(Browser.fresh(), app, Map.of())).id();

        for (Map<String, String> more : List.of(
                Map.of("id_token_hint", hint),
                Map.of("client_id", "gatehouse-app"),
                Map.of("client_id", "gatehouse-app", "id_token_hint", hint),
                Map.of("client_id", "no-such-client"),
                Map.<String, String>of())) {
            Map<String, String> parameters = new LinkedHashMap<>(more);
            parameters.put(AFTER, address);
            assertRefusedWithAPage(logout(parameters));
        }
    }

    @Test
    void withoutAnAddressOrWithAnOldFashionedOneSigningOutEndsOnAPageOfOurs() {
        for (Map<String, String> parameters : List.of(
                Map.<String, String>of(),
                Map.of(AFTER, "", "client_id", "gatehouse-app"),
                Map.of("redirect_uri", "https://app.invalid/"),
                Map.of("redirect_uri", "https://app.invalid/", "client_id", "gatehouse-app"))) {
            Page answer = logout(parameters);

            assertThat(answer.header("Location")).isEmpty();
            assertThat(answer.html()).doesNotContain("app.invalid");
        }
    }

    @Test
    void anIdTokenOfAnotherClientOrOfNobodyIsNoHint() {
        String hint = app.tokens(signedIn(Browser.fresh(), app, Map.of())).id();
        String[] parts = hint.split("\\.", -1);
        String forged = parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length());

        for (Map<String, String> parameters : List.of(
                Map.of(AFTER, "http://127.0.0.1:47011/", "id_token_hint", forged),
                Map.of(AFTER, "http://127.0.0.1:47011/", "id_token_hint", "nonsense"),
                Map.of(AFTER, "http://127.0.0.1:47011/", "id_token_hint", hint, "client_id", "account-console"))) {
            assertRefusedWithAPage(logout(parameters));
        }
    }

    @Test
    void theAccountConsoleOfTheRealmKeepsToThePoliciesToo() {
        // Keycloak's own client of this realm, which the policies hold for as for any other.
        Map<String, String> request = new LinkedHashMap<>();
        request.put("client_id", "account-console");
        request.put("redirect_uri", gatehouse.issuer() + "/account/");

        assertThat(ask(request).heading()).isEqualTo("Sign in");
    }
}
