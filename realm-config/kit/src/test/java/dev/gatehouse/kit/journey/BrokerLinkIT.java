// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

import static dev.gatehouse.kit.journey.Outcome.assertNotDone;
import static dev.gatehouse.kit.journey.Outcome.assertSignedIn;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody comes from an identity provider with the address or the name of an account that is here already: it is linked
 * only by who shows that it is theirs. The mailed link, as one of the two proofs, is in {@link LinkPlacesIT}.
 */
@ExtendWith(KeycloakServer.class)
class BrokerLinkIT {

    private static final String EXISTS = "Account already exists";
    private static final String LINK = "Add to existing account";
    private static final String PASSWORD = "Password";

    private final Gatehouse gatehouse;

    BrokerLinkIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    private void assertUntouched(Upstream upstream, Person person) {
        assertThat(upstream.isLinkedWith(person)).isFalse();
        assertThat(gatehouse.realm().users().get(person.id()).getUserSessions()).isEmpty();
    }

    /** The page that asks whoever comes from {@code there} for the password of the account that is here. */
    private Page password(Upstream upstream, App app, Browser browser, Person there) {
        Page exists = upstream.arrive(app, browser, there);
        assertThat(exists.heading()).isEqualTo(EXISTS);
        Page password = exists.press(LINK).press(PASSWORD);
        assertThat(password.text()).contains("link your account with");
        return password;
    }

    private static Page type(Page password, String secret) {
        return password.form().forge("password", secret).enter();
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void anAddressOfSomebodyElsesSignsNobodyInWhetherTheProviderHasVerifiedItOrNot(boolean verified, boolean admin) {
        Person pat = gatehouse.aPerson().create();
        if (admin) {
            makeAdministrator(pat);
        }
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            PersonBuilder account = upstream.aPerson().withAddress(pat.address());
            Person mallory = (verified ? account : account.withUnverifiedAddress()).create();

            Page exists = upstream.arrive(gatehouse.app(), Browser.fresh(), mallory);

            assertNotDone(exists);
            assertThat(exists.heading()).isEqualTo(EXISTS);
            assertUntouched(upstream, pat);
            Page proof = exists.press(LINK);
            assertNotDone(proof);
            assertThat(type(proof.press(PASSWORD), mallory.password() + "x").text())
                    .contains("Invalid");
            assertUntouched(upstream, pat);
        }
    }

    private void makeAdministrator(Person person) {
        ClientRepresentation management =
                gatehouse.realm().clients().findByClientId("realm-management").get(0);
        RoleRepresentation admin = gatehouse
                .realm()
                .clients()
                .get(management.getId())
                .roles()
                .get("realm-admin")
                .toRepresentation();
        gatehouse
                .realm()
                .users()
                .get(person.id())
                .roles()
                .clientLevel(management.getId())
                .add(List.of(admin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "absent"})
    void aProviderWhoseAddressesAreTrustedLinksNobodyByThemEither(String verified) {
        Person pat = gatehouse.aPerson().create();
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            upstream.provider().change(provider -> provider.setTrustEmail(true));
            upstream.telling(account -> {
                account.put("email", pat.address());
                account.put("email_verified", verified.equals("true"));
                if (verified.equals("absent")) {
                    account.remove("email_verified");
                }
            });

            Page exists = upstream.arrive(gatehouse.app(), Browser.fresh());

            assertNotDone(exists);
            assertThat(exists.heading()).isEqualTo(EXISTS);
            assertThat(gatehouse.realm().users().get(pat.id()).getFederatedIdentity())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "false,false"})
    void aNewAddressOfAProviderWhoseAddressesAreTrustedIsVerifiedIfTheProviderSaysSo(boolean told, boolean verified) {
        try (HostileUpstream upstream = HostileUpstream.start(gatehouse)) {
            upstream.provider().change(provider -> provider.setTrustEmail(true));
            upstream.telling(account -> account.put("email_verified", told));

            Page page = upstream.arrive(gatehouse.app(), Browser.fresh());

            assertThat(page.isAtStop()).as(page.describe()).isEqualTo(verified);
            assertThat(page.heading()).isEqualTo(verified ? "" : "Email verification");
        }
    }

    @Test
    void whoKnowsThePasswordLinksTheAccountAndTheProviderOpensItFromThenOn() {
        Person pat = gatehouse.aPerson().create();
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();
            App app = gatehouse.app();

            assertSignedIn(app, type(password(upstream, app, Browser.fresh(), there), pat.password()), pat);

            assertThat(upstream.isLinkedWith(pat)).isTrue();
            App later = gatehouse.app();
            assertSignedIn(later, upstream.arrive(later, Browser.fresh(), there), pat);
        }
    }

    @Test
    void whoHasNoPasswordLinksByTheMailbox() {
        Person pat = gatehouse.aPerson().create();
        UserResource account = gatehouse.realm().users().get(pat.id());
        account.credentials().forEach(credential -> account.removeCredential(credential.getId()));
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();
            App app = gatehouse.app();
            Browser browser = Browser.fresh();
            Page asks = upstream.arrive(app, browser, there).press(LINK);
            LinkSignIn signIn =
                    LinkSignIn.at(gatehouse, app, browser, asks.press("Email me a sign-in link"), pat.address());
            assertUntouched(upstream, pat);

            assertSignedIn(app, signIn.type(signIn.mail().code()), pat);

            assertThat(upstream.isLinkedWith(pat)).isTrue();
        }
    }

    @Test
    void whoHasStolenThePasswordOfAnAccountWithASecondFactorLinksNothing() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person mallory = upstream.aPerson().withAddress(pat.address()).create();
            App app = gatehouse.app();
            Browser browser = Browser.fresh();

            Page otp = type(password(upstream, app, browser, mallory), pat.password());

            assertNotDone(otp);
            assertThat(otp.form().fields()).contains("One-time code");
            assertUntouched(upstream, pat);
            Page wrong =
                    otp.form().forge("otp", LinkSignIn.wrong(totp.code(), 3)).enter();
            assertNotDone(wrong);
            assertUntouched(upstream, pat);
            for (String end : List.of("after-first-broker-login", "after-post-broker-login")) {
                Page skipped = browser.open(gatehouse.issuer() + "/broker/" + end + "?"
                        + wrong.form().action().getRawQuery());
                assertNotDone(skipped);
                assertThat(skipped.status()).as(skipped.describe()).isEqualTo(400);
                assertUntouched(upstream, pat);
            }
            // She comes again, as if it had been linked.
            Page again = upstream.arrive(gatehouse.app(), Browser.fresh(), mallory);
            assertThat(again.heading()).isEqualTo(EXISTS);
        }
    }

    @Test
    void whoHasASecondFactorShowsItOnceToLinkAndOnceAtEachLaterSignIn() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();
            App app = gatehouse.app();
            Page otp = type(password(upstream, app, Browser.fresh(), there), pat.password());

            JsonNode claims =
                    assertSignedIn(app, otp.form().forge("otp", totp.code()).enter(), pat);

            assertThat(upstream.isLinkedWith(pat)).isTrue();
            assertThat(claims.get("sid")).isNotNull();
            App later = gatehouse.app();
            Page asked = upstream.arrive(later, Browser.fresh(), there);
            assertNotDone(asked);
            assertSignedIn(later, asked.form().forge("otp", totp.nextCode()).enter(), pat);
        }
    }

    @Test
    void whoDoesNotWantToLinkLinksNothing() {
        Person pat = gatehouse.aPerson().create();
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();
            App app = gatehouse.app();
            Browser browser = Browser.fresh();
            Page exists = upstream.arrive(app, browser, there);

            Page review = exists.press("Review profile");

            assertNotDone(review);
            assertUntouched(upstream, pat);
            // With another address it is another account, whose mailbox is to be proved.
            Page own = review.form().forge("email", "own-" + pat.address()).enter();
            assertThat(own.heading()).as(own.describe()).isEqualTo("Email verification");
            assertUntouched(upstream, pat);
            assertThat(gatehouse.realm().users().searchByEmail("own-" + pat.address(), true))
                    .singleElement()
                    .satisfies(account -> assertThat(account.isEmailVerified()).isFalse());
        }
    }

    @Test
    void anAddressThatIsTypedAtTheReviewProvesNothing() {
        Person pat = gatehouse.aPerson().create();
        Person lee = gatehouse.aPerson().create();
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person there = upstream.aPerson().withAddress(lee.address()).create();
            Page review =
                    upstream.arrive(gatehouse.app(), Browser.fresh(), there).press("Review profile");

            Page page = review.form()
                    .forge("email", pat.address())
                    .forge("emailVerified", "true")
                    .forge("id", pat.id())
                    .enter();

            assertThat(page.heading()).isEqualTo(EXISTS);
            assertThat(page.text()).contains(pat.address());
            assertUntouched(upstream, pat);
            assertUntouched(upstream, lee);
        }
    }

    @Test
    void thePageThatAsksWhetherToLinkIsOfNoUseInAnotherBrowser() {
        Person pat = gatehouse.aPerson().create();
        try (Upstream upstream = Upstream.shipped(gatehouse)) {
            Person mallory = upstream.aPerson().withAddress(pat.address()).create();
            Page exists = upstream.arrive(gatehouse.app(), Browser.fresh(), mallory);
            Browser victims = Browser.speaking("de");
            gatehouse.app().signIn(victims);

            Page opened = victims.open(exists.uri());
            Page posted = victims.post(exists.form().action(), Map.of("submitAction", "linkAccount"));

            for (Page page : List.of(opened, posted)) {
                assertNotDone(page);
                assertThat(page.text()).doesNotContain(pat.address());
                assertThat(page.language()).isEqualTo("de");
            }
            Page stranger = Browser.speaking("de").open(exists.uri());
            assertThat(stranger.status()).isEqualTo(400);
            assertUntouched(upstream, pat);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAccountOfAnotherLinkedProviderProvesTheAccountWithItsSecondFactor(boolean guarded) {
        Person pat = gatehouse.aPerson().create();
        Totp totp =
                Totp.of(gatehouse.realm(), guarded ? pat : gatehouse.aPerson().create());
        try (Upstream upstream = Upstream.shipped(gatehouse);
                Upstream other = Upstream.likeTheShipped(gatehouse)) {
            Person there = upstream.aPerson().withAddress(pat.address()).create();
            Person elsewhere = other.aPerson().withAddress(pat.address()).create();
            other.link(pat, elsewhere);
            App app = gatehouse.app();
            Page password = password(upstream, app, Browser.fresh(), there);

            Page page = Upstream.signIn(password.link(Upstream.NAME).click(), elsewhere);

            if (guarded) {
                assertNotDone(page);
                assertThat(upstream.isLinkedWith(pat)).isFalse();
                page = page.form().forge("otp", totp.code()).enter();
            }
            assertSignedIn(app, page, pat);
            assertThat(upstream.isLinkedWith(pat)).isTrue();
        }
    }
}
