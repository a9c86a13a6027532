// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

import static dev.gatehouse.kit.journey.Outcome.assertNotDone;
import static org.assertj.core.api.Assertions.assertThat;

/** An identity provider that says no, is away, or lies: the person reads what happened, and can sign in another way. */
@ExtendWith(KeycloakServer.class)
class BrokerTroubleIT {

    /** What Keycloak writes for the operator when it turns an answer of the provider down. */
    private static final String TURNED_DOWN =
            "Failed to make identity provider oauth callback|Unexpected response from token endpoint";

    private static final String FAILED = "Signing in through the other service did not work.";
    private static final String DENIED = "The other service has not signed you in: that was cancelled";
    private static final String UNAVAILABLE = "The other service cannot sign you in right now.";

    private final Gatehouse gatehouse;

    BrokerTroubleIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    /** The login page, with a sentence on it, from which a sign-in by link leads to the app. */
    private void assertGoesOn(App app, Browser browser, Page page, String sentence) {
        assertNotDone(page);
        assertThat(page.status()).as(page.describe()).isEqualTo(200);
        assertThat(page.text()).contains(sentence);
        Person pat = gatehouse.aPerson().create();
        LinkSignIn link = LinkSignIn.at(gatehouse, app, browser, LinkSignIn.ask(page, pat.address()), pat.address());
        Outcome.assertSignedIn(app, link.type(link.mail().code()), pat);
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied," + DENIED,
        "login_required," + FAILED,
        "interaction_required," + FAILED,
        "invalid_request," + FAILED,
        "temporarily_unavailable," + UNAVAILABLE,
        "server_error," + UNAVAILABLE,
        "<script>alert(1)</script>," + FAILED
    })
    void anErrorOfTheProviderIsToldInWordsAndWhatItAddsIsNeitherShownNorLogged(String error, String sentence) {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            String mark = "m" + new SecureRandom().nextLong(Long.MAX_VALUE);
            upstream.sendingBack(Map.of(
                    "error",
                    error,
                    "error_description",
                    mark + "<script>alert(1)</script>" + "x".repeat(5_000),
                    "error_uri",
                    "https://evil.example/" + mark));
            App app = gatehouse.app();
            Browser browser = Browser.fresh();

            Page page = upstream.arrive(app, browser);

            assertThat(page.html()).doesNotContain(mark).doesNotContain("alert(1)");
            assertThat(log()).doesNotContain(mark);
            assertThat(gatehouse.events("IDENTITY_PROVIDER_LOGIN_ERROR").get(0).getDetails())
                    .containsEntry("gatehouse_reason", error.startsWith("<") ? "other" : error)
                    .containsEntry("identity_provider", Upstream.SHIPPED);
            assertGoesOn(app, browser, page, sentence);
        }
    }

    private String log() {
        try {
            return Files.readString(gatehouse.server().log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSentenceIsInThePersonsLanguage() {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            for (Map.Entry<String, String> told : Map.of(
                            "server_error", "Der andere Dienst kann Sie gerade nicht anmelden.",
                            "invalid_scope", "Die Anmeldung über den anderen Dienst hat nicht geklappt.",
                            "access_denied", "Der andere Dienst hat Sie nicht angemeldet: Das wurde abgebrochen")
                    .entrySet()) {
                upstream.sendingBack(Map.of("error", told.getKey()));

                Page page = upstream.arrive(gatehouse.app(), Browser.speaking("de"));

                assertThat(page.language()).isEqualTo("de");
                assertThat(page.text()).contains(told.getValue());
            }
        }
    }

    @Test
    void anAppThatWantsNobodyAskedHearsThatSomebodyMustBe() {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            upstream.provider()
                    .change(provider -> provider.getConfig().put("acceptsPromptNoneForwardFromClient", "true"));
            upstream.sendingBack(Map.of("error", "login_required", "error_description", "x"));

            Page page =
                    gatehouse.app().signIn(Browser.fresh(), Map.of("kc_idp_hint", Upstream.SHIPPED, "prompt", "none"));

            assertThat(page.isAtStop()).isTrue();
            assertThat(page.query()).containsEntry("error", "login_required").doesNotContainKey("code");
        }
    }

    /** A way to be wrong that must not sign anybody in. */
    private record Lie(String name, Consumer<HostileUpstream> change) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Lie> lies() {
        return Stream.of(
                new Lie("token endpoint 500", it -> it.answering("/token", 500, "<html>\nboom</html>")),
                new Lie("token endpoint 400", it -> it.answering("/token", 400, "{\"error\":\"invalid_grant\"}")),
                new Lie("token endpoint garbage", it -> it.answering("/token", 200, "garbage")),
                new Lie("token endpoint empty", it -> it.answering("/token", 200, "")),
                new Lie("no ID token", it -> it.answering("/token", 200, "{\"access_token\":\"a\"}")),
                new Lie("token endpoint hangs up", it -> it.answering("/token", HttpExchange::close)),
                new Lie("token endpoint silent", it -> it.silentAt("/token")),
                new Lie("keys silent", it -> it.silentAt("/keys")),
                new Lie("wrong issuer", it -> it.tellingInToken(claims -> claims.put("iss", "https://evil.example"))),
                new Lie("no issuer", it -> it.tellingInToken(claims -> claims.remove("iss"))),
                new Lie("wrong nonce", it -> it.tellingInToken(claims -> claims.put("nonce", "another"))),
                new Lie("no nonce", it -> it.tellingInToken(claims -> claims.remove("nonce"))),
                new Lie("wrong audience", it -> it.tellingInToken(claims -> claims.put("aud", "another"))),
                new Lie("another party", it -> it.tellingInToken(claims -> claims.put("azp", "another"))),
                new Lie("expired", it -> it.tellingInToken(claims -> claims.put("exp", 1_000))),
                new Lie("no signature", it -> it.signing(claims -> new PlainJWT(claims).serialize())),
                new Lie("public key as secret", it -> it.signing(claims -> signedWithThePublicKey(it, claims))),
                new Lie("key of another", it -> it.signing(claims -> signedByAnother(it, claims))),
                new Lie("keys 500", it -> it.answering("/keys", 500, "")),
                new Lie("keys garbage", it -> it.answering("/keys", 200, "garbage")),
                new Lie("user info of another", it -> it.tellingInUserInfo(claims -> claims.put("sub", "another"))),
                new Lie("user info 500", it -> it.answering("/userinfo", 500, "boom")),
                new Lie("user info garbage", it -> it.answering("/userinfo", 200, "garbage")),
                new Lie("no subject", it -> it.telling(claims -> claims.remove("sub"))),
                new Lie("empty subject", it -> it.telling(claims -> claims.put("sub", ""))),
                new Lie("long subject", it -> it.telling(claims -> claims.put("sub", "s".repeat(300)))),
                new Lie("subject with a line end", it -> it.telling(claims -> claims.put("sub", "a\r\nb"))),
                new Lie("address is a number", it -> it.telling(claims -> claims.put("email", 5))),
                new Lie("name is an object", it -> it.telling(claims -> claims.put("given_name", Map.of("a", "b")))));
    }

    private static String signedWithThePublicKey(HostileUpstream upstream, JWTClaimsSet claims) {
        try {
            return HostileUpstream.signed(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(upstream.key().getKeyID())
                            .build(),
                    claims,
                    new MACSigner(upstream.key().toRSAPublicKey().getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signedByAnother(HostileUpstream upstream, JWTClaimsSet claims) {
        try {
            return HostileUpstream.signed(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(upstream.key().getKeyID())
                            .build(),
                    claims,
                    HostileUpstream.signer(new RSAKeyGenerator(2048).generate()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("lies")
    @AllowedInLog(TURNED_DOWN)
    void aLieSignsNobodyInMakesNoAccountAndIsToldInWords(Lie lie) {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            lie.change().accept(upstream);

            Page page = upstream.arrive(gatehouse.app(), Browser.fresh());

            assertNotDone(page);
            assertThat(page.text()).as(page.describe()).contains(FAILED);
            assertThat(page.html()).doesNotContain("boom").doesNotContain("Exception");
            assertThat(gatehouse.realm().users().searchByUsername("h-" + upstream.subject(), true))
                    .isEmpty();
        }
    }

    @Test
    @AllowedInLog(TURNED_DOWN)
    void whereTheProviderIsGoneThePersonGoesOnByLink() {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            App app = gatehouse.app();
            Browser browser = Browser.fresh().stoppingAt(upstream.issuer());
            String state = upstream.arrive(app, browser).query().getOrDefault("state", "");
            upstream.stopped();

            Page page = browser.open(URI.create(gatehouse.issuer() + "/broker/oidc/endpoint?"
                    + App.encoded(Map.of("state", state, "code", "a-code"))));

            assertThat(page.uri().getPath()).endsWith("/login-actions/authenticate");
            assertGoesOn(app, browser, page, FAILED);
        }
    }

    @Test
    @AllowedInLog(TURNED_DOWN)
    void aTokenOfAnotherProviderIsNotTaken() {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse);
                Upstream other = Upstream.create(gatehouse)) {
            upstream.tellingInToken(claims -> claims.put("iss", other.issuer().toString()));

            Page page = upstream.arrive(gatehouse.app(), Browser.fresh());

            assertNotDone(page);
            assertThat(page.text()).contains(FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "empty", "line end", "control character", "long", "HTML", "no address at all"})
    void atTheFirstSignInAnAddressThatIsNoneIsAskedFor(String kind) {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            upstream.telling(account -> address(account, kind));

            Page review = upstream.arrive(gatehouse.app(), Browser.fresh());

            assertNotDone(review);
            assertThat(review.heading()).as(review.describe()).isEqualTo("Update Account Information");
            assertThat(review.document().select("img[src=x]")).isEmpty();
            String own = "own-" + upstream.subject() + "@people.example";
            Page next = review.form().forge("email", own).enter();
            assertThat(next.heading()).as(next.describe()).isEqualTo("Email verification");
            assertThat(gatehouse.realm().users().searchByEmail(own, true)).hasSize(1);
        }
    }

    private static void address(Map<String, Object> account, String kind) {
        account.put(
                "email",
                switch (kind) {
                    case "line end" -> "a\r\nBcc: b@people.example";
                    case "control character" -> "a\u0007b@people.example";
                    case "long" -> "e".repeat(290) + "@people.example";
                    case "HTML" -> "<img src=x onerror=alert(1)>@people.example";
                    case "no address at all" -> "nobody";
                    default -> "";
                });
        if (kind.equals("none")) {
            account.remove("email");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"none", "empty", "line end", "control character", "long", "HTML", "no address at all", "victim"})
    void atALaterSignInAnAddressThatIsNoneOrSomebodyElsesIsNotTakenOver(String kind) {
        Person victim = gatehouse.aPerson().create();
        for (boolean trusted : List.of(false, true)) {
            Person pat = gatehouse.aPerson().create();
            try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
                upstream.provider().change(provider -> provider.setTrustEmail(trusted));
                link(pat, upstream);
                upstream.telling(account -> {
                    address(account, kind);
                    if (kind.equals("victim")) {
                        account.put("email", victim.address());
                    }
                });
                App app = gatehouse.app();

                JsonNode claims = Outcome.assertSignedIn(app, upstream.arrive(app, Browser.fresh()), pat);

                assertThat(claims.get("email").asText()).isEqualTo(pat.address());
                assertThat(account(pat).getEmail()).isEqualTo(pat.address());
                assertThat(account(pat).isEmailVerified()).isTrue();
                assertThat(account(pat).getFirstName()).isEqualTo("Harriet");
                assertThat(account(victim).getEmail()).isEqualTo(victim.address());
                assertThat(gatehouse.realm().users().get(victim.id()).getUserSessions())
                        .isEmpty();
            }
        }
    }

    private void link(Person person, HostileUpstream upstream) {
        FederatedIdentityRepresentation link = new FederatedIdentityRepresentation();
        link.setUserId(upstream.subject());
        link.setUserName("h");
        gatehouse
                .realm()
                .users()
                .get(person.id())
                .addFederatedIdentity(Upstream.SHIPPED, link)
                .close();
    }

    private UserRepresentation account(Person person) {
        return gatehouse.realm().users().get(person.id()).toRepresentation();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<b>x</b>", "x\u0007y", "", "LONG"})
    void atALaterSignInANameThatTheProfileDoesNotAcceptIsNotTakenOver(String name) {
        Person pat = gatehouse.aPerson().create();
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            link(pat, upstream);
            upstream.telling(account -> {
                account.put("email", pat.address());
                account.put("given_name", name.equals("LONG") ? "n".repeat(300) : name);
                account.put("preferred_username", name.equals("LONG") ? "n".repeat(300) : name);
            });
            App app = gatehouse.app();

            Outcome.assertSignedIn(app, upstream.arrive(app, Browser.fresh()), pat);

            assertThat(account(pat).getFirstName()).isEqualTo("Pat");
            assertThat(account(pat).getLastName()).isEqualTo("Hostile");
            assertThat(account(pat).getUsername()).isEqualTo(pat.username());
        }
    }

    @Test
    void aUsernameThatSomebodyHasMakesNoSecondAccountAndOpensNone() {
        Person victim = gatehouse.aPerson().create();
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            upstream.telling(account ->
                    account.put("preferred_username", victim.username().toUpperCase(Locale.ROOT)));

            Page exists = upstream.arrive(gatehouse.app(), Browser.fresh());

            assertNotDone(exists);
            assertThat(exists.heading()).isEqualTo("Account already exists");
            assertThat(exists.html()).doesNotContain(victim.address());
            assertThat(gatehouse.realm().users().get(victim.id()).getFederatedIdentity())
                    .isEmpty();
        }
    }
}
