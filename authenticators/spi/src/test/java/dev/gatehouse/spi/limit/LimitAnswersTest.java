// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.time.Duration;
import java.util.Map;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.limit.Verdict.Outcome;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.utils.FormMessage;

import static org.assertj.core.api.Assertions.assertThat;

class LimitAnswersTest {

    private static Verdict refused(Duration wait) {
        return new Verdict(Outcome.REFUSED, "login-address", wait, null);
    }

    private static Verdict stopped(Outcome outcome) {
        return new Verdict(outcome, "login-address", Duration.ZERO, null);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.001S, gatehouseLimitSeconds, 1",
        "PT1S, gatehouseLimitSeconds, 1",
        "PT1.001S, gatehouseLimitSeconds, 2",
        "PT119S, gatehouseLimitSeconds, 119",
        "PT119.001S, gatehouseLimitMinutes, 2",
        "PT120S, gatehouseLimitMinutes, 2",
        "PT121S, gatehouseLimitMinutes, 3",
        "PT119M, gatehouseLimitMinutes, 119",
        "PT119M1S, gatehouseLimitHours, 2",
        "PT2H, gatehouseLimitHours, 2",
        "PT2H1S, gatehouseLimitHours, 3",
        "PT24H, gatehouseLimitHours, 24"
    })
    void peopleReadARoundedWaitThatIsNeverTooShort(Duration wait, String key, long number) {
        FormMessage message = LimitAnswers.message(refused(wait));

        assertThat(message.getField()).isEqualTo(FormMessage.GLOBAL);
        assertThat(message.getMessage()).isEqualTo(key);
        assertThat(message.getParameters()).containsExactly(number);
    }

    @Test
    void whereWaitingIsNotTheAnswerThereIsNoNumber() {
        assertThat(LimitAnswers.message(stopped(Outcome.DENIED)).getMessage()).isEqualTo("gatehouseLimitDenied");
        assertThat(LimitAnswers.message(stopped(Outcome.DENIED)).getParameters())
                .isNullOrEmpty();
        assertThat(LimitAnswers.message(stopped(Outcome.UNAVAILABLE)).getMessage())
                .isEqualTo("gatehouseLimitUnavailable");
        assertThat(LimitAnswers.message(stopped(Outcome.UNAVAILABLE)).getParameters())
                .isNullOrEmpty();
    }

    @Test
    void programsReadAnError() {
        assertThat(LimitAnswers.document(refused(Duration.ofMillis(59_001))))
                .isEqualTo(
                        Map.of("error", "too_many_requests", "error_description", "Too many tries; wait 60 seconds"));
        assertThat(LimitAnswers.document(stopped(Outcome.DENIED))).containsEntry("error", "access_denied");
        assertThat(LimitAnswers.document(stopped(Outcome.UNAVAILABLE)))
                .containsEntry("error", "temporarily_unavailable");
    }

    @ParameterizedTest
    @CsvSource({"REFUSED,429", "DENIED,403", "UNAVAILABLE,503"})
    void theStatusSaysWhy(Outcome outcome, int status) {
        assertThat(LimitAnswers.status(stopped(outcome)).getStatusCode()).isEqualTo(status);
        assertThat(LimitAnswers.of(Response.ok("page").build(), stopped(outcome))
                        .getStatus())
                .isEqualTo(status);
    }

    @Test
    void thePageIsTheAnswerWithItsHeadersAndTheWaitInWholeSecondsRoundedUp() {
        Response page = Response.ok("page").header("X-Of-The-Page", "yes").build();

        Response answer = LimitAnswers.of(page, refused(Duration.ofMillis(59_001)));

        assertThat(answer.getEntity()).isEqualTo("page");
        assertThat(answer.getHeaderString("X-Of-The-Page")).isEqualTo("yes");
        assertThat(answer.getHeaderString(HttpHeaders.RETRY_AFTER)).isEqualTo("60");
        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getHeaders()).doesNotContainKey(HttpHeaders.RETRY_AFTER);
    }

    @Test
    void withNothingToWaitForThereIsNoRetryAfter() {
        Response answer = LimitAnswers.of(Response.ok("page").build(), stopped(Outcome.DENIED));

        assertThat(answer.getHeaders()).doesNotContainKey(HttpHeaders.RETRY_AFTER);
    }

    @Test
    void nobodyKeepsTheAnswerWhateverThePageSaidOfThat() {
        Response bare = Response.ok("page").build();
        Response kept = Response.ok("page")
                .header(HttpHeaders.CACHE_CONTROL, "max-age=60")
                .header(HttpHeaders.CACHE_CONTROL, "no-store, must-revalidate, max-age=0")
                .build();

        for (Response page : new Response[] {bare, kept}) {
            assertThat(LimitAnswers.of(page, stopped(Outcome.REFUSED))
                            .getHeaders()
                            .get(HttpHeaders.CACHE_CONTROL))
                    .hasSize(1)
                    .first()
                    .asString()
                    .isEqualTo("no-store");
        }
    }

    @Test
    void theOperatorIsToldTheRuleAndTheEventOfTheFlowStaysUsable() {
        FakeRealm realm = new FakeRealm("realm-1", "shop");
        FakeServer server = new FakeServer(new MovedTime()).with(realm);
        EventBuilder event = new EventBuilder(
                        realm.model(), server.request(realm).model())
                .event(EventType.LOGIN)
                .detail("of", "the flow");

        LimitAnswers.tell(event, refused(Duration.ofSeconds(9)));

        assertThat(server.events()).singleElement().satisfies(told -> {
            assertThat(told.getType()).isEqualTo(EventType.LOGIN_ERROR);
            assertThat(told.getError()).isEqualTo("rate_limited");
            assertThat(told.getDetails())
                    .containsEntry("gatehouse_rule", "login-address")
                    .containsEntry("of", "the flow");
        });

        event.success();
        Event own = server.events().get(1);
        assertThat(own.getType()).isEqualTo(EventType.LOGIN);
        assertThat(own.getError()).isNull();
        assertThat(own.getDetails()).doesNotContainKey("gatehouse_rule");
    }
}
