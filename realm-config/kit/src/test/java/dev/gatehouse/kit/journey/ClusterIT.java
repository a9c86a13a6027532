// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.ClusterNode;
import dev.gatehouse.kit.server.KeycloakCluster;
import dev.gatehouse.kit.server.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Two nodes are one sign-in system, also while one of them is gone or stuck. */
@ExtendWith(KeycloakCluster.class)
class ClusterIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final GatehouseCluster gatehouse;

    ClusterIT(GatehouseCluster gatehouse) {
        this.gatehouse = gatehouse;
    }

    private static Page password(Page login, Person person) {
        return login.form()
                .forge("username", person.username())
                .forge("password", person.password())
                .enter();
    }

    /** A whole sign-in by way of one node, up to the tokens. */
    private App.Tokens signedIn(int node, Person person) {
        App app = gatehouse.on(node).app();
        return app.tokens(password(app.signIn(Browser.fresh()).press("Username and password"), person));
    }

    /** What a node says to a refresh token, which it takes once. */
    private int refreshed(int node, App.Tokens tokens) {
        return Browser.fresh()
                .through(gatehouse.node(node)::route)
                .requests()
                .post(
                        URI.create(gatehouse.on(node).issuer() + "/protocol/openid-connect/token"),
                        Map.of(
                                "grant_type", "refresh_token",
                                "client_id", "gatehouse-app",
                                "refresh_token", tokens.refresh()))
                .status();
    }

    @Test
    void eachNodeCountsBothAndHasAnAddressOfItsOwn() {
        ClusterNode first = gatehouse.node(0);
        ClusterNode second = gatehouse.node(1);

        assertThat(first.members()).isEqualTo(2);
        assertThat(second.members()).isEqualTo(2);
        assertThat(second.frontend()).isEqualTo(first.url()).isNotEqualTo(second.url());
        assertThat(second.route(URI.create(first.url() + "/realms/a?b=c"))).hasToString(second.url() + "/realms/a?b=c");
        assertThat(second.route(App.CALLBACK)).isEqualTo(App.CALLBACK);
    }

    @Test
    void aSignInThatBeganOnOneNodeEndsOnTheOther() {
        Person pat = gatehouse.on(0).aPerson().create();
        App app = gatehouse.on(0).app();
        Browser browser = Browser.fresh();
        Page form = app.signIn(browser).press("Username and password");

        Page wrong = password(form, new Person(pat.id(), pat.username(), pat.address(), "wrong"));
        browser.through(gatehouse.node(1)::route);
        Page callback = password(wrong, pat);

        var claims = app.tokens(callback).claims();
        assertThat(claims.get("sub").asText()).isEqualTo(pat.id());
        assertThat(claims.get("iss").asText())
                .isEqualTo(gatehouse.on(1).issuer().toString());
    }

    @Test
    void bothNodesKnowASessionAndItsEnd() {
        Person pat = gatehouse.on(0).aPerson().create();
        App.Tokens one = signedIn(0, pat);
        App.Tokens another = signedIn(1, pat);

        assertThat(refreshed(1, one)).isEqualTo(200);
        gatehouse.on(1).realm().users().get(pat.id()).logout();
        assertThat(refreshed(0, another)).isEqualTo(400);
    }

    @Test
    void aNodeThatIsKilledIsReplacedByTheOtherUntilItIsBack() throws StartFailure {
        Person pat = gatehouse.on(1).aPerson().create();
        App.Tokens before = signedIn(0, pat);

        gatehouse.node(0).kill();
        assertThat(gatehouse.node(0).alive()).isFalse();
        gatehouse.cluster().awaitMembers(1, SOON);
        assertThat(refreshed(1, before)).isEqualTo(200);
        App.Tokens meanwhile = signedIn(1, pat);

        gatehouse.node(0).restart();
        gatehouse.cluster().awaitMembers(2, SOON);
        assertThat(refreshed(0, meanwhile)).isEqualTo(200);
        assertThat(signedIn(0, pat).claims().get("sub").asText()).isEqualTo(pat.id());
    }

    @Test
    // What a thread did when the process was stopped.
    @AllowedInLog("BlockedThreadChecker")
    void aNodeThatIsFrozenAnswersNothingAndServesAgainWhenItIsLetGo() {
        Person pat = gatehouse.on(0).aPerson().create();
        App.Tokens before = signedIn(1, pat);

        gatehouse.node(1).freeze();
        assertThat(gatehouse.node(1).alive()).isTrue();
        assertThat(gatehouse.node(1).members()).isZero();

        gatehouse.node(1).thaw();
        gatehouse.cluster().awaitMembers(2, SOON);
        assertThat(refreshed(1, before)).isEqualTo(200);
        assertThat(signedIn(1, pat).claims().get("sub").asText()).isEqualTo(pat.id());
    }
}
