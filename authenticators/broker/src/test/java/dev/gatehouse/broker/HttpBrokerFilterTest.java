// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.Map;

import dev.gatehouse.broker.BrokerRequests.Answer;
import jakarta.ws.rs.core.MediaType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;

import static org.assertj.core.api.Assertions.assertThat;

class HttpBrokerFilterTest {

    private static final String BROKER = "/realms/shop/broker/";
    private static final String ENDPOINT = BROKER + "google/endpoint";
    private static final String TAB = "?client_id=app&tab_id=tab-1";

    /** A state, the id of a tab, and what is no Base64url. */
    private static final String NO_STATE = "state.tab-1.!!!";

    /** The third part is a client's id. */
    private static final String STATE = "state.tab-1.YXBw";

    private static final String SENT_TO = "gatehouse.broker.sentTo";
    private static final String LINKING = "LINKING_IDENTITY_PROVIDER";

    private final BrokerRequests http = new BrokerRequests();

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
        http.comes(address);

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
                ENDPOINT + "?other=" + NO_STATE,
                ENDPOINT + "?state=" + STATE + "&error=",
                ENDPOINT + "?error=access_denied",
                BROKER + "nobody/endpoint?state=" + STATE + "&error=access_denied",
                ENDPOINT + "?state=" + STATE + "&error=temporarily_unavailable&error_description=authentication_expired"
            })
    void aStateThatCanBeReadIsForKeycloakToJudge(String address) {
        http.comes(address);

        assertThat(http.aborted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/club/broker/google/endpoint?state=" + NO_STATE,
                "/realms/club/broker/nobody/login",
                "/realms/nowhere/broker/google/endpoint?state=" + NO_STATE,
                "/realms/shop/protocol/openid-connect/auth?state=" + NO_STATE,
                "/admin/realms/shop/broker/google/endpoint?state=" + NO_STATE,
                BROKER + "google/token?state=" + NO_STATE,
                BROKER + "google/link?state=" + NO_STATE,
                BROKER + "anything"
            })
    void otherPlacesAndRealmsWithoutTheSwitchAreLeftAlone(String address) {
        http.tab.notes().put(SENT_TO, "other");
        http.isAboutTheTab();
        http.comes(address);

        http.server.form().putSingle("RelayState", NO_STATE);
        assertThat(http.goes(address, 500, MediaType.TEXT_HTML_TYPE, null)).isEqualTo(new Answer(500, null, null));
        assertThat(http.aborted).isEmpty();
        assertThat(http.tab.notes()).isEqualTo(Map.of(SENT_TO, "other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "nobody", "x%2Fy"})
    void nobodyIsSentToAProviderThatIsNotThereAndThePageLeadsBackToTheApp(String alias) {
        http.comes(BROKER + alias + "/login" + TAB);

        assertThat(http.onlyAborted().getStatus()).isEqualTo(404);
        assertThat(http.page().errorKeys()).containsExactly("gatehouseBrokerGone");
        assertThat(http.session.model().getContext().getClient()).isSameAs(http.tab.client());
    }

    @Test
    void whoIsSentToAProviderIsRememberedWithTheTab() {
        http.isAboutTheTab();
        http.comes(BROKER + "google/login" + TAB);
        assertThat(http.aborted).isEmpty();

        http.goes(BROKER + "google/login" + TAB, 303, null, "https://accounts.example.com/auth");

        assertThat(http.tab.notes()).containsEntry(SENT_TO, "google");
    }

    @Test
    void whoIsNotSentToAProviderIsNot() {
        http.goes(BROKER + "google/login" + TAB, 303, null, null);
        http.isAboutTheTab();
        http.goes(BROKER + "google/login" + TAB, 400, MediaType.TEXT_HTML_TYPE, null);

        assertThat(http.tab.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"state,code=x", "RelayState,SAMLResponse=x", "state,error=access_denied"})
    void whoComesBackFromAnotherProviderThanTheTabWasSentToIsRefused(String parameter, String rest) {
        http.tab.notes().put(SENT_TO, "other");

        http.comes(ENDPOINT + "?" + parameter + "=" + STATE + "&" + rest);

        assertThat(http.onlyAborted().getStatus()).isEqualTo(400);
        assertThat(http.page().errorKeys()).containsExactly("invalidRequestMessage");
        assertThat(http.server.events()).singleElement().satisfies(event -> {
            assertThat(event.getError()).isEqualTo("identity_provider_login_failure");
            assertThat(event.getDetails())
                    .containsEntry("identity_provider", "google")
                    .containsEntry("gatehouse_reason", "sent_elsewhere");
        });
    }

    @Test
    void whoComesBackFromTheRightOneOrLinksAnAccountIsNot() {
        http.tab.notes().put(SENT_TO, "google");
        http.comes(ENDPOINT + "?code=x&state=" + STATE);
        http.tab.notes().putAll(Map.of(SENT_TO, "other", LINKING, "login-1appgoogle"));
        http.comes(ENDPOINT + "?code=x&state=" + STATE);
        http.tab.notes().remove(LINKING);
        http.comes(ENDPOINT + "?code=x&state=state.tab-2.YXBw");

        assertThat(http.aborted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-first-broker-login", "after-post-broker-login"})
    void aFlowWhoseEndNobodyReachedIsNotEnded(String end) {
        http.comes(BROKER + end + TAB);

        assertThat(http.onlyAborted().getStatus()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-first-broker-login", "after-post-broker-login"})
    void aFlowOfAnotherProviderIsNotEndedEither(String end) {
        http.tab
                .notes()
                .putAll(Map.of(
                        "BROKERED_CONTEXT", "{\"identityProviderId\":\"google\"}",
                        "FIRST_BROKER_LOGIN_SUCCESS", "other",
                        "PBL_BROKERED_IDENTITY_CONTEXT", "{\"identityProviderId\":\"google\"}",
                        "PBL_AUTH_STATE.other", "true"));

        http.comes(BROKER + end + TAB);

        assertThat(http.onlyAborted().getStatus()).isEqualTo(400);
    }

    @Test
    void aFlowThatIsThroughIsEndedByKeycloakAndSoIsWhatNoTabIsKnownOf() {
        passed();

        http.comes(BROKER + "after-first-broker-login" + TAB);
        http.comes(BROKER + "after-post-broker-login" + TAB);
        http.comes(BROKER + "after-post-broker-login?client_id=app&tab_id=tab-2");
        http.comes(BROKER + "after-post-broker-login");

        assertThat(http.aborted).isEmpty();
    }

    /** All that flows of the tab can have shown. */
    private void passed() {
        http.tab
                .notes()
                .putAll(Map.of(
                        "BROKERED_CONTEXT", "{\"identityProviderId\":\"google\"}",
                        "FIRST_BROKER_LOGIN_SUCCESS", "google",
                        "PBL_BROKERED_IDENTITY_CONTEXT", "{\"identityProviderId\":\"google\"}",
                        "PBL_AUTH_STATE.google", "true",
                        "authn.credentials", "[\"otp\"]"));
        http.tab.userSessionNotes().put("authenticators-completed", "{\"otp\":1}");
        http.tab.steps().put("otp", ExecutionStatus.SUCCESS);
    }

    @Test
    void whoComesBackWithAKnownAccountBeginsAnew() {
        passed();
        http.isAboutTheTab();

        http.goes(
                ENDPOINT, 302, null, "https://id.example.org/realms/shop/login-actions/post-broker-login?tab_id=tab-1");

        assertThat(http.tab.notes()).containsOnlyKeys("BROKERED_CONTEXT", "PBL_BROKERED_IDENTITY_CONTEXT");
        assertThat(http.tab.userSessionNotes()).isEmpty();
        assertThat(http.tab.steps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example.org/realms/shop/login-actions/first-broker-login?x=/post-broker-login",
                "https://app.example.org/callback?code=x"
            })
    void whoGoesOnOtherwiseKeepsWhatTheTabHas(String location) {
        passed();
        http.isAboutTheTab();

        http.goes(ENDPOINT, 302, null, location);

        assertThat(http.tab.notes()).hasSize(5);
        assertThat(http.tab.steps()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void aFailureBetweenTheServersLeadsBackToTheLoginPageInWords(int status) {
        http.isAboutTheTab();

        Answer answer = http.goes(ENDPOINT, status, MediaType.TEXT_HTML_TYPE, null);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location())
                .hasPath("/realms/shop/login-actions/authenticate")
                .hasParameter("client_id", "app")
                .hasParameter("tab_id", "tab-1");
        assertThat(http.tab.notes()).containsExactly(Map.entry("forwardedErrorMessage", "gatehouseBrokerFailed"));
    }

    @Test
    void whatIsForProgramsBecomesAPageAndWhatIsAPageStays() {
        assertThat(http.goes(ENDPOINT, 400, MediaType.APPLICATION_JSON_TYPE, null))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(502))
                .extracting(Answer::page)
                .satisfies(page -> assertThat(page.errorKeys()).containsExactly("gatehouseBrokerFailed"));
        assertThat(http.goes(ENDPOINT, 400, MediaType.TEXT_HTML_TYPE, null)).isEqualTo(new Answer(400, null, null));
        assertThat(http.goes(ENDPOINT, 404, null, null)).isEqualTo(new Answer(404, null, null));
        assertThat(http.goes(ENDPOINT, 200, MediaType.TEXT_HTML_TYPE, null)).isEqualTo(new Answer(200, null, null));
    }

    @Test
    void whereNothingCanBeRememberedThePageItselfHasTheWords() {
        http.isAboutTheTab();
        http.session.transactions().setRollbackOnly();
        assertThat(http.goes(ENDPOINT, 502, MediaType.TEXT_HTML_TYPE, null).page())
                .satisfies(page -> assertThat(page.errorKeys()).containsExactly("gatehouseBrokerFailed"));
        assertThat(http.tab.notes()).isEmpty();
    }

    @Test
    void whoLinksAnAccountIsNotLedToTheLoginPage() {
        http.isAboutTheTab();
        http.tab.notes().put(LINKING, "login-1appgoogle");

        assertThat(http.goes(ENDPOINT, 502, MediaType.TEXT_HTML_TYPE, null).status())
                .isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "RelayState"})
    void aFormWithAnUnreadableStateThatBrokeTheRequestIsAPageToo(String parameter) {
        http.server.form().putSingle(parameter, NO_STATE);

        Answer answer = http.goes(ENDPOINT, 500, MediaType.TEXT_HTML_TYPE, null);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.page())
                .satisfies(page -> assertThat(page.errorKeys()).containsExactly("invalidRequestMessage"));
    }
}
