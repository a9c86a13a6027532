// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import dev.gatehouse.broker.BrokerPath.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BrokerPathTest {

    @ParameterizedTest
    @CsvSource({
        "google/login,google,DEPARTURE",
        "google/endpoint,google,RETURN",
        "google/endpoint/clients/app,google,RETURN",
        "g%6Fogle/endpoint/,google,RETURN",
        "endpoint/login,endpoint,DEPARTURE",
        "after-first-broker-login,'',AFTER_FIRST_LOGIN",
        "after-post-broker-login;x=y,'',AFTER_LOGIN"
    })
    void theWayThereAndBackHasFourSteps(String rest, String alias, Step step) {
        assertThat(BrokerPath.of(new BrokerRequests().request("/realms/shop/broker/" + rest)))
                .hasValue(new BrokerPath("shop", alias, step));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/shop/broker",
                "/realms/shop/broker/google",
                "/realms/shop/broker/google/token",
                "/realms/shop/broker/google/link",
                "/realms/shop/x/google/endpoint",
                "/realms/shop/x/broker/google/endpoint",
                "/admin/realms/shop/broker/google/endpoint"
            })
    void everythingElseIsNoStep(String address) {
        assertThat(BrokerPath.of(new BrokerRequests().request(address))).isEmpty();
    }
}
