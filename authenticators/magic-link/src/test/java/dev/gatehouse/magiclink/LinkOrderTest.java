// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import dev.gatehouse.core.secret.Secret;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinkOrderTest {

    @Test
    void anOrderInALogTellsNeitherLinkNorAddressNorNonce() {
        Secret token = Secret.parse("A".repeat(43)).orElseThrow();
        LinkOrder order = new Journey().order(Journey.ADDRESS, token);

        assertThat(order)
                .hasToString("LinkOrder[realm realm-1, client app]")
                .asString()
                .doesNotContain(token.reveal(), token.hash(), order.proof().nonceHash(), "@", "123456");
    }
}
