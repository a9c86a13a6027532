// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.RealmRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits at the other places where somebody can guess, or can make the server do something for nothing. */
@ExtendWith(KeycloakServer.class)
class LimitSurfacesIT {

    private final Gatehouse gatehouse;

    LimitSurfacesIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    private static void assertRefused(Page answer) {
        assertThat(answer.status()).as(answer.html()).isEqualTo(429);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.html()).contains("\"error\":\"too_many_requests\"");
        assertThat(Long.parseLong(answer.header("Retry-After"))).isPositive();
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("Retry-After");
        assertThat(answer.header("Access-Control-Allow-Origin")).isNotEmpty();
    }

    @Test
    void thePasswordGrantIsCountedAndTellsNobodyWhoHasAnAccount() {
        Person pat = gatehouse.aPerson().create();
        Machine one = Machine.create(gatehouse);
        Machine other = one.at(Network.next());
        for (int i = 0; i < 5; i++) {
            Page known = one.password(pat.username(), Guesser.WRONG);
            Page unknown = other.password("nobody-" + UUID.randomUUID(), Guesser.WRONG);
            assertThat(known.status()).isEqualTo(unknown.status()).isIn(400, 401);
            assertThat(known.html()).isEqualTo(unknown.html());
        }

        Page known = one.password(pat.username(), pat.password());
        Page unknown = other.password("nobody-" + UUID.randomUUID(), Guesser.WRONG);

        assertRefused(known);
        assertRefused(unknown);
        assertThat(known.html().replaceAll("\\d+", "n"))
                .isEqualTo(unknown.html().replaceAll("\\d+", "n"));
        assertThat(one.at(Network.next())
                        .password(pat.username(), pat.password())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void goodUseOfThePasswordGrantCostsNothing() {
        Person pat = gatehouse.aPerson().create();
        Machine machine = Machine.create(gatehouse);
        for (int i = 0; i < 12; i++) {
            // Keycloak turns away whoever is back before it has noted the last sign-in.
            assertThat(Eventually.get(
                            () -> machine.password(pat.username(), pat.password())
                                    .status(),
                            status -> status == 200))
                    .isEqualTo(200);
        }
    }

    @Test
    void aSixtyFirstGuessAtAClientsSecretIsRefused() {
        Machine machine = Machine.create(gatehouse);
        Machine guesser = machine.withoutSecret();
        for (int i = 0; i < 60; i++) {
            assertThat(guesser.ownToken().status()).as("guess " + i).isEqualTo(401);
        }

        assertRefused(guesser.ownToken());
        assertRefused(machine.ownToken());
        assertThat(machine.at(Network.next()).ownToken().status()).isEqualTo(200);
    }

    @Test
    void fiveHundredRefreshesAndFiveHundredIntrospectionsAMinuteFromOneAddressPass() {
        Person pat = gatehouse.aPerson().create();
        Machine machine = Machine.create(gatehouse);
        Page tokens = machine.password(pat.username(), pat.password());
        long start = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            tokens = machine.refresh(Json.of(tokens).get("refresh_token").asText());
            assertThat(tokens.status()).as(tokens.html()).isEqualTo(200);
            Page introspection =
                    machine.introspect(Json.of(tokens).get("access_token").asText());
            assertThat(introspection.status()).isEqualTo(200);
        }
        System.out.printf(
                "[kit] 1000 good requests of one address in %d s%n", (System.nanoTime() - start) / 1_000_000_000);
    }

    @Test
    void aDeviceThatWaitsIsNoGuesserButWhoTriesCodesIs() {
        Machine machine = Machine.create(gatehouse);
        Page device = machine.device();
        assertThat(device.status()).as(device.html()).isEqualTo(200);
        for (int i = 0; i < 70; i++) {
            Page answer = machine.poll(Json.of(device).get("device_code").asText());
            assertThat(Json.of(answer).get("error").asText()).isIn("authorization_pending", "slow_down");
        }

        Browser browser = Browser.fresh().from(Network.next());
        int tries = 0;
        Page answer;
        do {
            answer = browser.requests().get(URI.create(gatehouse.issuer() + "/device?user_code=WRNG-CODE"));
            tries++;
        } while (answer.status() != 429 && tries < 200);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(tries).isEqualTo(61);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.text()).contains("Too many tries");
    }

    @Test
    void noWayToWriteAnAddressGoesAroundTheFilter() {
        Machine guesser = Machine.create(gatehouse).withoutSecret();
        for (int i = 0; i < 60; i++) {
            guesser.ownToken();
        }
        String base = gatehouse.issuer().toString();
        for (String address : List.of(
                base + "/protocol/openid-connect/token/",
                base + "//protocol/openid-connect/token",
                base + "/protocol/openid-connect/token;x=y",
                base + ";x=y/protocol/openid-connect/token",
                base + "/protocol/openid-connect/%74oken",
                base.replace("/realms/", "//realms/") + "/protocol/openid-connect/token",
                base.replace("/realms/", "/%72ealms/") + "/protocol/openid-connect/token",
                base.replace("/realms/", "/x/../realms/") + "/protocol/openid-connect/token")) {
            Page answer = Browser.fresh()
                    .from(guesser.address())
                    .requests()
                    .with("X-HTTP-Method-Override", "GET")
                    .post(URI.create(address), Map.of("grant_type", "client_credentials"));

            assertThat(answer.status()).as(address).isIn(404, 405, 429, 400).isNotEqualTo(401);
            assertThat(answer.html()).as(address).doesNotContain("invalid_client");
        }
    }

    @Test
    void theSixthRegistrationIsRefusedWithoutAWordAboutAccounts() {
        Person pat = gatehouse.aPerson().create();
        during(realm -> realm.setRegistrationAllowed(true), () -> {
            Browser browser = Browser.fresh().from(Network.next());
            Page form = registration(browser);
            for (int i = 0; i < 5; i++) {
                form = register(form, pat.username(), pat.address());
                assertThat(form.status()).isEqualTo(200);
                assertThat(form.text()).contains("already exists");
            }

            Page refused = register(form, pat.username(), pat.address());

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text()).contains("Too many tries").doesNotContain("already exists");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.form().fields()).contains("Username", "Email", "First name");
            assertThat(refused.form().value("Username")).isEqualTo(pat.username());
            assertThat(refused.html()).doesNotContain("a long enough password");

            gatehouse.realm().attackDetection().clearAllBruteForce();
            String name = "r" + UUID.randomUUID().toString().substring(0, 8);
            Page registered = register(refused, name, name + "@people.example");

            assertThat(registered.status()).as(registered.describe()).isLessThan(400);
            assertThat(gatehouse.realm().users().searchByUsername(name, true)).hasSize(1);
        });
    }

    private Page registration(Browser browser) {
        return gatehouse
                .app()
                .signIn(browser)
                .press("Username and password")
                .link("Register")
                .click();
    }

    private static Page register(Page form, String name, String address) {
        return form.form()
                .forge("username", name)
                .forge("email", address)
                .forge("firstName", "Robin")
                .forge("lastName", "Person")
                .forge("password", "a long enough password")
                .forge("password-confirm", "a long enough password")
                .enter();
    }

    @Test
    void theSixthForgottenPasswordIsRefusedForEveryNameAlike() {
        Person pat = gatehouse.aPerson().create();
        during(realm -> realm.setResetPasswordAllowed(true), () -> {
            for (String name : List.of(pat.username(), "nobody-" + UUID.randomUUID())) {
                String address = Network.next();
                for (int i = 0; i < 5; i++) {
                    Page sent = forgot(address, name);
                    assertThat(sent.status()).isEqualTo(200);
                    assertThat(sent.text()).contains("You should receive an email shortly");
                }

                Page refused = forgot(address, name);

                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.text()).contains("Too many tries");
                assertThat(refused.form().fields()).contains("Username or email");
            }
        });
    }

    private Page forgot(String address, String name) {
        return gatehouse
                .app()
                .signIn(Browser.fresh().from(address))
                .press("Username and password")
                .link("Forgot Password?")
                .click()
                .form()
                .forge("username", name)
                .enter();
    }

    @Test
    void aClientsSecretIsNotGuessedByGetEither() {
        String client = "conf-" + UUID.randomUUID();
        String address = Network.next();
        int tries = 0;
        Page answer;
        do {
            String secret =
                    Base64.getEncoder().encodeToString((client + ":guess" + tries).getBytes(StandardCharsets.UTF_8));
            answer = Browser.fresh()
                    .from(address)
                    .requests()
                    .with("Authorization", "Basic " + secret)
                    .get(URI.create(gatehouse.issuer() + "/clients-registrations/install/" + client));
            tries++;
        } while (answer.status() != 429 && tries < 200);

        assertThat(tries).isEqualTo(61);
    }

    @Test
    void theSixthMailToAnAddressIsDroppedWithoutAWord() {
        Person pat = gatehouse.aPerson().create();
        for (int i = 0; i < 5; i++) {
            Page page =
                    LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address()).waiting();
            assertThat(page.header("RateLimit")).isEmpty();
            gatehouse.mail().inbox(pat.address()).next();
        }

        LinkSignIn sixth = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

        assertThat(sixth.waiting().status()).isEqualTo(200);
        assertThat(sixth.waiting().header("RateLimit")).isEmpty();
        assertThat(Eventually.get(
                        () -> gatehouse.events("SEND_VERIFY_EMAIL_ERROR").stream()
                                .filter(event -> pat.id().equals(event.getUserId()))
                                .map(event -> event.getDetails().get("gatehouse_reason"))
                                .toList(),
                        reasons -> !reasons.isEmpty()))
                .containsExactly("rate_limited");
    }

    @Test
    void whoAsksForTooManyMailsIsToldSo() {
        String address = Network.next();
        gatehouse.attributes().during(Map.of("gatehouse.limits.send.address", "2/1h"), () -> {
            LinkSignIn.asked(gatehouse, Browser.fresh().from(address), "a-" + UUID.randomUUID() + "@people.example");
            LinkSignIn.asked(gatehouse, Browser.fresh().from(address), "b-" + UUID.randomUUID() + "@people.example");

            Page refused = LinkSignIn.ask(
                    gatehouse.app().signIn(Browser.fresh().from(address)),
                    "c-" + UUID.randomUUID() + "@people.example");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text()).contains("Too many tries. Please wait");
            assertThat(refused.form().fields()).contains("Email");
        });
    }

    @Test
    void aStateThatIsNoneGetsAPageAndNoServerError() {
        for (String state : List.of("x.y.z", "a.b.!!!", "....", "x.y.%00", "ä.ö.ü")) {
            Page page = Browser.fresh()
                    .requests()
                    .get(URI.create(gatehouse.issuer() + "/broker/nobody/endpoint?state="
                            + URLEncoder.encode(state, StandardCharsets.UTF_8)));

            assertThat(page.status()).as(state).isBetween(400, 499);
        }
    }

    private void during(Consumer<RealmRepresentation> change, Runnable journey) {
        RealmRepresentation before = gatehouse.realm().toRepresentation();
        RealmRepresentation changed = gatehouse.realm().toRepresentation();
        change.accept(changed);
        gatehouse.realm().update(changed);
        try {
            journey.run();
        } finally {
            gatehouse.realm().update(before);
        }
    }
}
