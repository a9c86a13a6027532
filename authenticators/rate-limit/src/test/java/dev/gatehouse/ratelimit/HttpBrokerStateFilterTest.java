// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.HashMap;
import java.util.Map;

import dev.gatehouse.spi.fake.Page;
import dev.gatehouse.spi.fake.Stub;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HttpBrokerStateFilterTest {

    private static final String ENDPOINT = "/realms/shop/broker/google/endpoint";

    /** A state, the id of a tab, and what is no Base64url. */
    private static final String NO_STATE = "state.tab.!!!";

    /** The third part is a client's id. */
    private static final String STATE = "state.tab.YXBw";

    private final HttpRequests http = new HttpRequests();
    private final HttpBrokerStateFilter filter = new HttpBrokerStateFilter();

    @SuppressWarnings("UnnecessaryAssignment") // There is no container here.
    HttpBrokerStateFilterTest() {
        filter.session = http.session.model();
    }

    private void returnsTo(String address) {
        filter.filter(http.request("GET", address));
    }

    /** What the answer to a form is made into; nothing where it stays as it is. */
    private Map<String, Object> answerTo(String address, int status) {
        Map<String, Object> changed = new HashMap<>();
        filter.filter(
                http.request("POST", address),
                Stub.of(ContainerResponseContext.class)
                        .is("getStatus", status)
                        .on("setStatusInfo", call -> changed.put("status", call.get(0)))
                        .on("setEntity", call -> {
                            changed.put("entity", call.get(0));
                            return changed.put("type", call.get(2));
                        })
                        .get());
        return changed;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENDPOINT + "?state=" + NO_STATE,
                ENDPOINT + "?code=x&RelayState=" + NO_STATE,
                ENDPOINT + "?state=" + STATE + "&RelayState=" + NO_STATE,
                ENDPOINT + "?state=a.b.c.d",
                "//realms//shop;x/broker/google/%65ndpoint?state=" + NO_STATE
            })
    void aReturnWithAnUnreadableStateIsAPageOfTheRealm(String address) {
        returnsTo(address);

        assertThat(http.onlyAborted().getStatus()).isEqualTo(400);
        assertThat(http.page().template()).isEqualTo("error");
        assertThat(http.page().errorKeys()).containsExactly("invalidRequestMessage");
        assertThat(http.session.model().getContext().getRealm()).isSameAs(http.shop.model());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENDPOINT,
                ENDPOINT + "?state=" + STATE,
                ENDPOINT + "?RelayState=" + STATE + ".data",
                ENDPOINT + "?state=nothing",
                ENDPOINT + "?state=",
                ENDPOINT + "?other=" + NO_STATE
            })
    void aStateThatCanBeReadIsForKeycloakToJudge(String address) {
        returnsTo(address);

        assertThat(http.aborted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/club/broker/google/endpoint?state=" + NO_STATE,
                "/realms/nowhere/broker/google/endpoint?state=" + NO_STATE,
                "/realms/shop/broker/google/login?state=" + NO_STATE,
                "/realms/shop/protocol/openid-connect/auth?state=" + NO_STATE,
                "/admin/realms/shop/broker/google/endpoint?state=" + NO_STATE
            })
    void otherPlacesAndRealmsWithoutTheSwitchAreLeftAlone(String address) {
        returnsTo(address);

        http.server.form().putSingle("RelayState", NO_STATE);
        assertThat(answerTo(address, 500)).isEmpty();
        assertThat(http.aborted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "RelayState"})
    void aFormWithAnUnreadableStateThatBrokeTheRequestIsThatPageToo(String parameter) {
        http.server.form().putSingle(parameter, NO_STATE);

        Map<String, Object> changed = answerTo(ENDPOINT, 500);

        assertThat(changed)
                .containsEntry("status", Response.Status.BAD_REQUEST)
                .containsEntry("type", MediaType.valueOf("text/html;charset=UTF-8"));
        assertThat((Page) changed.get("entity")).isNotNull().satisfies(page -> assertThat(page.errorKeys())
                .containsExactly("invalidRequestMessage"));
    }

    @Test
    void anErrorOfAnotherCauseStaysWhatItIs() {
        assertThat(answerTo(ENDPOINT, 500)).isEmpty();
        http.server.form().putSingle("state", STATE);
        assertThat(answerTo(ENDPOINT, 500)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 502, 503})
    void anAnswerThatIsNoErrorOfTheServerStaysWhatItIs(int status) {
        http.server.form().putSingle("state", NO_STATE);

        assertThat(answerTo(ENDPOINT, status)).isEmpty();
    }
}
