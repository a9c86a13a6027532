// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Hop;
import dev.gatehouse.kit.browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a way that a browser went has signed somebody in. */
final class Outcome {

    private Outcome() {}

    /** The way has ended at the app, which gets tokens for {@code person}: their claims. */
    static JsonNode assertSignedIn(App app, Page end, Person person) {
        JsonNode claims = app.tokens(end).claims();
        assertThat(claims.get("sub").asText()).isEqualTo(person.id());
        return claims;
    }

    /** The way has not ended at the app, and nothing that an app could use has left the sign-in system on it. */
    static void assertNotDone(Page page) {
        assertThat(page.isAtStop()).as(page.describe()).isFalse();
        assertThat(page.hops()).extracting(Hop::uri).noneMatch(uri -> uri.toString()
                .startsWith(App.CALLBACK.toString()));
    }
}
