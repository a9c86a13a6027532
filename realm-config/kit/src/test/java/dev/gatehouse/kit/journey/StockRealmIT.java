// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.List;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar in {@code providers/} changes no realm until something of it is switched on there. */
@ExtendWith(KeycloakServer.class)
class StockRealmIT {

    private static final String STOCK = "stock";

    private final Gatehouse gatehouse;

    StockRealmIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @BeforeEach
    void aRealmAsTheConsoleMakesIt() {
        RealmRepresentation stock = new RealmRepresentation();
        stock.setRealm(STOCK);
        stock.setEnabled(true);
        gatehouse.admin().realms().create(stock);
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("stock-app");
        client.setPublicClient(true);
        client.setRedirectUris(List.of("http://127.0.0.1/callback"));
        realm().clients().create(client).close();
    }

    @AfterEach
    void gone() {
        realm().remove();
    }

    private RealmResource realm() {
        return gatehouse.admin().realm(STOCK);
    }

    @Test
    void aStockRealmSignsInByItsOwnFormWithNothingOfOurs() {
        Person pat = new PersonBuilder(realm()).create();
        App app = new App(URI.create(gatehouse.server().url() + "/realms/" + STOCK), "stock-app");

        Page login = app.signIn(Browser.fresh());
        assertThat(login.html()).doesNotContainIgnoringCase("gatehouse");
        assertThat(login.heading()).isEqualTo("Sign in to your account");
        Page callback = login.form()
                .forge("username", pat.username())
                .forge("password", pat.password())
                .enter();

        var claims = app.tokens(callback).claims();
        assertThat(claims.get("sub").asText()).isEqualTo(pat.id());
        assertThat(claims.has("roles")).isFalse();
    }

    @Test
    void aStockRealmHasNoFlowThemeOrListenerOfOurs() {
        RealmRepresentation stock = realm().toRepresentation();

        assertThat(stock.getBrowserFlow()).isEqualTo("browser");
        assertThat(stock.getLoginTheme()).isNull();
        assertThat(stock.getEmailTheme()).isNull();
        assertThat(stock.getEventsListeners()).containsExactly("jboss-logging");
        assertThat(realm().flows().getFlows()).noneMatch(flow -> flow.getAlias().startsWith("gatehouse"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", STOCK})
    void aRealmWithoutTheStepHasNoAddressesOfOurs(String name) {
        for (String path : List.of("open?t=" + "A".repeat(43), "status", "confirmed", "open")) {
            Page page = Browser.fresh()
                    .open(gatehouse.server().url() + "/realms/" + name + "/gatehouse-magic-link/" + path);
            assertThat(page.status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void theConsoleOfMasterStillOpens() {
        Page console = Browser.fresh().open(gatehouse.server().url() + "/admin/master/console/");

        assertThat(console.status()).isEqualTo(200);
        assertThat(console.html()).doesNotContainIgnoringCase("gatehouse");
    }

    @Test
    void theServerTellsWhichPackItRuns() {
        assertThat(gatehouse.operationalInfo("authenticator", "gatehouse-magic-link"))
                .containsKey("version");
        assertThat(gatehouse.operationalInfo("gatehouse", "gatehouse-pack")).containsKey("version");
        assertThat(gatehouse.operationalInfo("gatehouse-mail", "gatehouse-mail-queue"))
                .containsEntry("capacity", "1000");
    }
}
