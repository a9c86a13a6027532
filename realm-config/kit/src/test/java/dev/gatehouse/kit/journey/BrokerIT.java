// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Link;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

import static dev.gatehouse.kit.journey.Outcome.assertNotDone;
import static org.assertj.core.api.Assertions.assertThat;

/** Signing in by the identity providers that the realm is shipped with, once an operator has switched them on. */
@ExtendWith(KeycloakServer.class)
class BrokerIT {

    private final Gatehouse gatehouse;

    BrokerIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    /** Where the login page of a tab would send somebody who chooses {@code alias}. */
    private URI departure(Page login, String alias) {
        return URI.create(gatehouse.issuer() + "/broker/" + alias + "/login?"
                + login.form().action().getRawQuery());
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "google", "microsoft", "oidc", "nobody"})
    void aProviderThatIsOffIsNotOfferedAndSendsNobodyAnywhere(String alias) {
        Browser browser = Browser.speaking("de");
        Page login = gatehouse.app().signIn(browser);
        assertThat(login.html()).doesNotContain("/broker/");

        Page there = browser.open(departure(login, alias));

        assertThat(there.status()).as(there.describe()).isEqualTo(404);
        assertThat(there.language()).isEqualTo("de");
        assertThat(there.text()).contains("Über diesen Dienst kann sich hier niemand anmelden.");
        assertThat(there.link("« Zurück zur Applikation").target().toString()).startsWith("http://127.0.0.1");
        Page back = browser.open(gatehouse.issuer() + "/broker/" + alias + "/endpoint?state=x&code=y");
        assertThat(back.status()).as(back.describe()).isEqualTo(404);
    }

    @Test
    void anAppThatHintsAtAProviderThatIsOffOrUnknownGetsTheLoginPage() {
        for (String alias : List.of("google", "nobody", "", "x/../y")) {
            Page login = gatehouse.app().signIn(Browser.fresh(), Map.of("kc_idp_hint", alias));

            assertThat(login.status()).isEqualTo(200);
            assertThat(login.buttons()).contains("Email me a sign-in link");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void onceItIsOnItIsOneClickAway(String language) {
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().create();
            App app = gatehouse.app();
            Page login = app.signIn(Browser.speaking(language));
            assertThat(login.text()).contains(language.equals("de") ? "Oder anmelden mit" : "Or sign in with");
            Link button = login.link(Upstream.SHIPPED_NAME);

            Page elsewhere = button.click();

            assertThat(elsewhere.uri().toString()).startsWith(upstream.issuer().toString());
            withoutVerification(() -> app.tokens(Upstream.signIn(elsewhere, there)));
        }
    }

    private void withoutVerification(Runnable journey) {
        RealmSettings.during(gatehouse.realm(), realm -> realm.setVerifyEmail(false), journey);
    }

    @Test
    void whoIsSentToAProviderTakesStateNonceAndChallengeAlong() {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            Browser browser = Browser.fresh().stoppingAt(upstream.issuer());
            Map<String, String> one = upstream.arrive(gatehouse.app(), browser).query();
            Map<String, String> other =
                    upstream.arrive(gatehouse.app(), browser).query();

            assertThat(one)
                    .containsEntry("redirect_uri", gatehouse.issuer() + "/broker/oidc/endpoint")
                    .containsEntry("response_type", "code")
                    .containsEntry("client_id", HostileUpstream.CLIENT)
                    .containsEntry("scope", "openid profile email")
                    .containsEntry("code_challenge_method", "S256")
                    .containsKeys("state", "nonce", "code_challenge");
            for (String fresh : List.of("state", "nonce", "code_challenge")) {
                assertThat(one.getOrDefault(fresh, "")).hasSizeGreaterThanOrEqualTo(22);
                assertThat(one.get(fresh)).isNotEqualTo(other.get(fresh));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "github", "microsoft"})
    void everyProviderHasAWayBackOfItsOwn(String alias) {
        try (ShippedProvider provider =
                ShippedProvider.on(gatehouse, alias, Map.of("clientId", "a client", "clientSecret", "a secret"))) {
            String host = Map.of(
                            "google", "https://accounts.google.com",
                            "github", "https://github.com",
                            "microsoft", "https://login.microsoftonline.com")
                    .getOrDefault(alias, "");
            Page login = gatehouse.app().signIn(Browser.fresh().stoppingAt(host));
            assertThat(login.text()).contains(provider.name());

            Page away = login.link(provider.name()).click();

            assertThat(away.isAtStop()).as(away.describe()).isTrue();
            assertThat(away.query())
                    .containsEntry("redirect_uri", gatehouse.issuer() + "/broker/" + alias + "/endpoint")
                    .containsEntry("code_challenge_method", "S256")
                    .containsKeys("state", "code_challenge");
        }
    }

    @Test
    void theFirstSignInMakesAnAccountAndItsAddressIsProvedByItsMailbox() {
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().create();
            upstream.join(there);
            App app = gatehouse.app();
            Browser browser = Browser.fresh();
            Page verification = upstream.arrive(app, browser, there);
            assertNotDone(verification);
            assertThat(verification.heading()).isEqualTo("Email verification");

            Page end =
                    browser.open(gatehouse.mail().inbox(there.address()).next().link());

            JsonNode claims = app.tokens(end).claims();
            assertThat(claims.get("username").asText()).isEqualTo(there.username());
            assertThat(claims.get("roles").toString()).contains(Upstream.MEMBER, "default-roles-gatehouse");
            UserRepresentation account = account(there);
            assertThat(claims.get("sub").asText()).isEqualTo(account.getId());
            assertThat(account.getEmail()).isEqualTo(there.address());
            assertThat(account.isEmailVerified()).isTrue();
            assertThat(account.getFirstName()).isEqualTo("Pat");
            assertThat(account.getLastName()).isEqualTo("Person");
            assertThat(gatehouse.realm().users().get(account.getId()).getFederatedIdentity())
                    .singleElement()
                    .satisfies(link -> assertThat(link.getUserId()).isEqualTo(there.id()));
        }
    }

    private UserRepresentation account(Person there) {
        return gatehouse
                .realm()
                .users()
                .searchByUsername(there.username(), true)
                .get(0);
    }

    @Test
    void laterSignInsTakeOverNameAddressAndMembershipAndTheAccountStaysTheSame() {
        withoutVerification(() -> {
            try (Upstream upstream = Upstream.shipped(gatehouse)) {
                Person there = upstream.aPerson().create();
                JsonNode first = arrives(upstream, there);
                assertThat(first.get("roles").toString()).doesNotContain(Upstream.MEMBER);

                upstream.join(there);
                upstream.change(there, account -> {
                    account.setFirstName("Robin");
                    account.setLastName("Renamed");
                    account.setEmail("x" + there.address());
                });
                JsonNode second = arrives(upstream, there);
                assertThat(second.get("sub")).isEqualTo(first.get("sub"));
                assertThat(second.get("username").asText()).isEqualTo(there.username());
                assertThat(second.get("roles").toString()).contains(Upstream.MEMBER);
                assertThat(account(there).getFirstName()).isEqualTo("Robin");
                assertThat(account(there).getLastName()).isEqualTo("Renamed");
                assertThat(account(there).getEmail()).isEqualTo("x" + there.address());
                assertThat(account(there).isEmailVerified()).isFalse();

                upstream.leave(there);
                assertThat(arrives(upstream, there).get("roles").toString()).doesNotContain(Upstream.MEMBER);
            }
        });
    }

    private JsonNode arrives(Upstream upstream, Person there) {
        App app = gatehouse.app();
        return app.tokens(upstream.arrive(app, Browser.fresh(), there)).claims();
    }

    @Test
    void aNewNameThereRenamesNobodyHere() {
        withoutVerification(() -> {
            Person pat = gatehouse.aPerson().create();
            try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
                App app = gatehouse.app();
                JsonNode first =
                        app.tokens(upstream.arrive(app, Browser.fresh())).claims();

                upstream.telling(account -> account.put("preferred_username", pat.username()));

                App again = gatehouse.app();
                JsonNode second =
                        again.tokens(upstream.arrive(again, Browser.fresh())).claims();
                assertThat(second.get("sub")).isEqualTo(first.get("sub"));
                assertThat(second.get("username")).isEqualTo(first.get("username"));
            }
        });
    }

    @Test
    void noRoleButTheMappedOneIsTakenOver() {
        RoleRepresentation mint =
                gatehouse.realm().roles().get("gatehouse-mint-links").toRepresentation();
        withoutVerification(() -> {
            try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
                upstream.telling(account -> {
                    account.put("roles", List.of(mint.getName(), "admin", "default-roles-gatehouse", "uma_protection"));
                    account.put("realm_access", Map.of("roles", List.of(mint.getName())));
                    account.put("groups", List.of("admins"));
                });
                App app = gatehouse.app();

                JsonNode claims =
                        app.tokens(upstream.arrive(app, Browser.fresh())).claims();

                assertThat(claims.get("roles").toString())
                        .doesNotContain(mint.getName(), Upstream.MEMBER)
                        .doesNotContainPattern("\"admin\"");
            }
        });
    }

    @Test
    void whoHasNoSecondFactorIsNotAskedForOneAndWhoHasOneIsAskedOnce() {
        Person plain = gatehouse.aPerson().create();
        Person guarded = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), guarded);
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person plainThere = upstream.aPerson().withAddress(plain.address()).create();
            Person guardedThere =
                    upstream.aPerson().withAddress(guarded.address()).create();
            upstream.link(plain, plainThere);
            upstream.link(guarded, guardedThere);
            App app = gatehouse.app();
            Outcome.assertSignedIn(app, upstream.arrive(app, Browser.fresh(), plainThere), plain);

            App other = gatehouse.app();
            Page otp = upstream.arrive(other, Browser.fresh(), guardedThere);
            assertNotDone(otp);
            Page wrong =
                    otp.form().forge("otp", LinkSignIn.wrong(totp.code(), 1)).enter();
            assertNotDone(wrong);
            JsonNode claims = Outcome.assertSignedIn(
                    other, wrong.form().forge("otp", totp.code()).enter(), guarded);

            assertThat(claims.get("amr").toString()).contains("otp");
        }
    }

    @Test
    void whoIsDisabledOrLockedDoesNotComeInByAProviderEither() {
        Person off = gatehouse.aPerson().create();
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().withAddress(off.address()).create();
            upstream.link(off, there);
            UserRepresentation account = gatehouse.realm().users().get(off.id()).toRepresentation();
            account.setEnabled(false);
            gatehouse.realm().users().get(off.id()).update(account);

            Page refused = upstream.arrive(gatehouse.app(), Browser.speaking("de"), there);

            assertNotDone(refused);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.language()).isEqualTo("de");
        }
    }

    @Test
    void guessesOfAnExistingAccountsPasswordAreCounted() {
        Person pat = gatehouse.aPerson().create();
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();
            Page page = upstream.arrive(gatehouse.app(), Browser.fresh().from(Network.next()), there)
                    .press("Add to existing account")
                    .press("Password");
            for (int i = 0; i < 5; i++) {
                page = page.form().forge("password", Guesser.WRONG).enter();
                assertThat(page.status()).isEqualTo(200);
            }

            Page refused = page.form().forge("password", pat.password()).enter();

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text()).contains("Too many tries");
            assertThat(upstream.isLinkedWith(pat)).isFalse();
            gatehouse.mail().inbox(pat.address()).assertNoMailWithin(Duration.ofMillis(100));
        }
    }
}
