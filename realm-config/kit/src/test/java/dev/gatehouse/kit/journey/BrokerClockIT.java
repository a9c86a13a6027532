// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static dev.gatehouse.kit.journey.Outcome.assertNotDone;
import static org.assertj.core.api.Assertions.assertThat;

/** How long somebody may take at an identity provider: as long as a sign-in may take anywhere. */
@ExtendWith(KeycloakLab.class)
class BrokerClockIT {

    private final GatehouseLab lab;
    private final Gatehouse gatehouse;

    BrokerClockIT(GatehouseLab lab) {
        this.lab = lab;
        this.gatehouse = lab.gatehouse();
    }

    /** A provider whose tokens are good at any time of this journey. */
    private HostileUpstream upstream() {
        long tomorrow = Instant.now().plus(Duration.ofDays(1)).getEpochSecond();
        return HostileUpstream.start(gatehouse).tellingInToken(claims -> claims.put("exp", tomorrow));
    }

    private URI back(HostileUpstream upstream, Page away) {
        upstream.expecting(away);
        return URI.create(gatehouse.issuer() + "/broker/oidc/endpoint?"
                + App.encoded(Map.of("state", away.query().getOrDefault("state", ""), "code", "a-code")));
    }

    @Test
    void whoComesBackWithinTheTimeOfALoginComesIn() {
        try (HostileUpstream upstream = upstream()) {
            Browser browser = Browser.fresh().stoppingAt(upstream.issuer());
            Page away = upstream.arrive(gatehouse.app(), browser);
            lab.pass(Duration.ofMinutes(29));

            Page page = browser.open(back(upstream, away));

            lab.signInAdmin();
            assertThat(page.heading()).as(page.describe()).isEqualTo("Email verification");
        }
    }

    @Test
    void whoComesBackLaterStartsAgain() {
        try (HostileUpstream upstream = upstream()) {
            App app = gatehouse.app();
            Browser browser = Browser.fresh().stoppingAt(upstream.issuer());
            Page away = upstream.arrive(app, browser);
            lab.pass(Duration.ofMinutes(31));

            Page page = browser.open(back(upstream, away));

            assertNotDone(page);
            assertThat(page.text()).as(page.describe()).contains("timed out");
            // The page is the login page of a sign-in that begins now.
            Page again = page.link(Upstream.SHIPPED_NAME).click();
            assertThat(again.isAtStop()).as(again.describe()).isTrue();
            Page end = browser.open(back(upstream, again));
            lab.signInAdmin();
            assertThat(end.heading()).as(end.describe()).isEqualTo("Email verification");
        }
    }
}
