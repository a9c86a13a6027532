// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

class HttpLimitFilterTest {

    private static final String TOKEN = "/realms/shop/protocol/openid-connect/token";
    private static final String PAGE = "/realms/shop/device";
    private static final String STEP = "/realms/shop/login-actions/authenticate";

    private final HttpRequests http = new HttpRequests();
    private final HttpLimitFilter filter = new HttpLimitFilter();

    @SuppressWarnings("UnnecessaryAssignment") // There is no container here.
    HttpLimitFilterTest() {
        filter.session = http.session.model();
    }

    private ContainerRequestContext sends(String method, String address) {
        ContainerRequestContext request = http.request(method, address);
        filter.filter(request);
        return request;
    }

    private void answers(ContainerRequestContext request, int status, @Nullable Object entity) {
        filter.filter(
                request,
                Stub.of(ContainerResponseContext.class)
                        .is("getStatus", status)
                        .is("getEntity", entity)
                        .get());
    }

    private void refuses() {
        http.limiter.refuses("http-address", Duration.ofMillis(59_001));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TOKEN,
                PAGE,
                "/realms/shop/anything/of/ours",
                "//realms//shop//protocol/openid-connect/token",
                "/realms;x/shop;y=z/protocol/openid-connect/token;w",
                "/%72ealms/%73hop/protocol/openid-connect/%74oken"
            })
    void everyPostToARealmIsCountedByAddressAlone(String address) {
        sends("POST", address);

        assertThat(http.limiter.attempts()).containsExactly(Attempt.at("http", LimitRule.HTTP_ADDRESS));
        assertThat(http.aborted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void otherRequestsAreNot(String method) {
        refuses();

        sends(method, TOKEN);
        sends(method, TOKEN + "?user_code=ABCD-EFGH");
        sends(method, "/realms/shop/device");

        assertThat(http.limiter.attempts()).isEmpty();
        assertThat(http.aborted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/shop/device?user_code=ABCD-EFGH",
                "/realms/shop/device/?user_code=",
                "/realms/shop/device;x?a=b&user_code=ABCD-EFGH",
                "//realms/shop//d%65vice?user_cod%65=ABCD-EFGH"
            })
    void aDeviceCodeInAnAddressIsCountedAsWell(String address) {
        sends("GET", address);
        sends("HEAD", address);

        assertThat(http.limiter.attempts()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/realms/shop/users",
                "//admin/realms/shop/users",
                "/realms/shop",
                "/realms/nowhere/protocol/openid-connect/token",
                "/realms/club/protocol/openid-connect/token",
                "/realms/Shop/protocol/openid-connect/token"
            })
    void otherPlacesAndRealmsWithoutTheSwitchAreLeftAlone(String address) {
        refuses();

        sends("POST", address);

        assertThat(http.limiter.attempts()).isEmpty();
        assertThat(http.aborted).isEmpty();
        assertThat(http.session.model().getContext().getRealm()).isSameAs(http.club.model());
    }

    @Test
    void aSwitchThatIsWrittenWrongIsOff() {
        http.shop.attribute("gatehouse.limits.filter", "yes");

        sends("POST", TOKEN);

        assertThat(http.limiter.attempts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 399})
    void aGoodAnswerCostsNothing(int status) {
        ContainerRequestContext request = sends("POST", TOKEN);

        answers(request, status, null);

        assertThat(http.limiter.counted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_pending", "slow_down"})
    void aClientThatIsToldToAskAgainLaterLosesNothing(String error) {
        ContainerRequestContext request = sends("POST", TOKEN);

        answers(request, 400, new OAuth2ErrorRepresentation(error, "later"));

        assertThat(http.limiter.counted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_grant",
        "401,unauthorized_client",
        "400,authorization_pending_not",
        "400,",
        "404,",
        "429,",
        "500,"
    })
    void aBadAnswerIsCounted(int status, @Nullable String error) {
        ContainerRequestContext request = sends("POST", TOKEN);

        answers(request, status, error == null ? "authorization_pending" : new OAuth2ErrorRepresentation(error, ""));

        assertThat(http.limiter.counted()).hasSize(1);
    }

    @Test
    void aRequestThatWasNotLookedAtIsNotCounted() {
        answers(sends("GET", TOKEN), 400, null);
        answers(sends("POST", "/realms/club/protocol/openid-connect/token"), 400, null);
        answers(sends("POST", STEP), 400, null);
        refuses();
        answers(sends("POST", TOKEN), 429, null);

        assertThat(http.limiter.counted()).isEmpty();
    }

    @Test
    void aProgramThatIsRefusedGetsADocument() {
        refuses();

        sends("POST", TOKEN);

        Response answer = http.onlyAborted();
        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getMediaType()).isEqualTo(MediaType.APPLICATION_JSON_TYPE);
        assertThat(answer.getEntity())
                .isEqualTo(
                        Map.of("error", "too_many_requests", "error_description", "Too many tries; wait 60 seconds"));
        assertThat(answer.getHeaderString(HttpHeaders.RETRY_AFTER)).isEqualTo("60");
        assertThat(answer.getHeaderString(HttpHeaders.CACHE_CONTROL)).isEqualTo("no-store");
    }

    @Test
    void aScriptOfAnyOriginCanReadTheDocumentAndTheWaitButSendsNoCredentials() {
        http.server.headers().put("Origin", List.of("https://app.example.org"));
        refuses();

        sends("POST", TOKEN);

        assertThat(http.session.responseHeaders())
                .containsEntry("Access-Control-Allow-Origin", "https://app.example.org")
                .containsEntry("Access-Control-Expose-Headers", "Retry-After")
                .containsEntry("Access-Control-Allow-Credentials", "false");
    }

    @Test
    void aPersonWhoIsRefusedGetsAPageOfTheRealm() {
        http.server.headers().put("Origin", List.of("https://app.example.org"));
        refuses();

        sends("POST", PAGE);

        assertThat(http.onlyAborted().getStatus()).isEqualTo(429);
        assertThat(http.onlyAborted().getHeaderString(HttpHeaders.RETRY_AFTER)).isEqualTo("60");
        assertThat(http.onlyAborted().getHeaderString(HttpHeaders.CACHE_CONTROL))
                .isEqualTo("no-store");
        assertThat(http.page().template()).isEqualTo("error");
        assertThat(http.page().errors()).singleElement().satisfies(message -> {
            assertThat(message.getMessage()).isEqualTo("gatehouseLimitSeconds");
            assertThat(message.getParameters()).containsExactly(60L);
        });
        assertThat(http.session.model().getContext().getRealm()).isSameAs(http.shop.model());
        assertThat(http.session.responseHeaders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DENIED,403", "UNAVAILABLE,503"})
    void theStatusSaysWhy(Verdict.Outcome outcome, int status) {
        http.limiter.decides(outcome);

        sends("POST", TOKEN);
        sends("POST", PAGE);

        assertThat(http.aborted).extracting(Response::getStatus).containsExactly(status, status);
        assertThat(http.aborted)
                .allSatisfy(answer -> assertThat(answer.getHeaders()).doesNotContainKey(HttpHeaders.RETRY_AFTER));
    }

    @Test
    void theOperatorIsToldWhereARefusedRequestCameFrom() {
        refuses();

        sends("POST", TOKEN);

        assertThat(http.server.events()).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo(EventType.LOGIN_ERROR);
            assertThat(event.getRealmId()).isEqualTo("realm-1");
            assertThat(event.getError()).isEqualTo("rate_limited");
            assertThat(event.getIpAddress()).isEqualTo("192.0.2.1");
            assertThat(event.getDetails()).containsEntry("gatehouse_rule", "http-address");
        });
    }

    @Test
    void aRequestThatGoesOnIsNoEvent() {
        sends("POST", TOKEN);

        assertThat(http.server.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/realms/shop/clients-registrations/install/app",
        "DELETE,/realms/shop/clients-registrations/default/app",
        "GET,/realms/shop/protocol/openid-connect/auth/device?user_code=ABCD-EFGH"
    })
    void secretsAndCodesThatNeedNoPostAreCountedAsWell(String method, String address) {
        answers(sends(method, address), 401, null);

        assertThat(http.limiter.counted()).hasSize(1);
    }

    @Test
    void whatAStepOfAFlowCountsIsLeftToIt() {
        refuses();

        sends("POST", STEP);

        assertThat(http.limiter.attempts()).isEmpty();
        assertThat(http.aborted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/realms/shop/device?user_code=X,200,1",
        "GET,/realms/shop/device?user_code=X,302,0",
        "POST,/realms/shop/device,200,1",
        "GET,/realms/shop/protocol/openid-connect/auth/device?user_code=X,200,1",
        "POST,/realms/shop/protocol/openid-connect/auth/device,200,0"
    })
    void aWrongCodeIsAPageAndARightOneLeadsOn(String method, String address, int status, int counted) {
        answers(sends(method, address), status, null);

        assertThat(http.limiter.counted()).hasSize(counted);
    }

    @Test
    void aClientsSecretIsCountedByWhateverMethodItIsShown() {
        http.requestHeaders.put("Authorization", "basic YTpi");

        answers(sends("GET", "/realms/shop/anything/else"), 401, null);

        assertThat(http.limiter.counted()).hasSize(1);
    }
}
