// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.security.SecureRandom;
import java.time.Duration;

import dev.gatehouse.core.link.MintedLink;
import dev.gatehouse.core.link.MintedLinks;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.singleuse.KeycloakSingleUseStore;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.ClientModel;

/** One realm that lets links be minted for its one client, one account, one minted link, and one tab opened by it. */
final class MintJourney {

    static final String ADDRESS = "kim@example.org";

    final MovedTime time = new MovedTime();
    final FakeRealm realm = new FakeRealm("realm-1", "shop").attribute("gatehouse.mint.clients", "app");
    final FakeServer server = new FakeServer(time).with(realm);
    final FakeUser kim = server.with(realm, new FakeUser("user-kim", "kim", ADDRESS));
    final AuthenticationExecutionModel step = realm.step("execution-1", MagicLinkAuthenticatorFactory.PROVIDER_ID);
    final ClientModel client = realm.client("client-uuid", "app", "The App");
    final FakeTab tab = new FakeLogin("root-1").tab("tab-1", client);
    final Secret token = Secret.random(new SecureRandom());

    MintJourney() {
        links().issue(token.hash(), link());
        opened();
    }

    MintedLink link() {
        return new MintedLink(
                "user-kim",
                Accounts.hashOf(ADDRESS),
                "app",
                FakeTab.REDIRECT,
                time.instant().plus(Duration.ofMinutes(5)));
    }

    /** The minted links as they are stored. */
    MintedLinks links() {
        return new MintedLinks(new KeycloakSingleUseStore(server.objects(), realm.model()), time);
    }

    /** The tab is opened by the link, as Keycloak remembers it. */
    void opened() {
        tab.clientNotes().put("client_request_param_gatehouse_link", token.reveal());
    }

    boolean works() {
        return links().look(token.hash()).accepted().isPresent();
    }

    RecordingFlowContext request() {
        return new RecordingFlowContext(server.request(realm), realm, tab, step);
    }

    MintedStep step(RecordingFlowContext context) {
        return new MintedStep(context.model(), time);
    }
}
