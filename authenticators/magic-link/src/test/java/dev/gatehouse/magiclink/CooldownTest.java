// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.gatehouse.spi.fake.RecordingFlowContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CooldownTest {

    private final Journey journey = new Journey();

    private static long left(RecordingFlowContext context) {
        return (Long)
                Objects.requireNonNull(context.ended().shown().attributes().get("gatehouseResendIn"));
    }

    private int mails() {
        return journey.queue.jobs().size();
    }

    @Test
    void theWaitIsOnceThenTwiceThenFourTimesWhatIsSet() {
        assertThat(left(journey.asksFor(Journey.ADDRESS))).isEqualTo(30);
        journey.time.pass(Duration.ofSeconds(30));
        assertThat(left(journey.presses("resend"))).isEqualTo(60);
        journey.time.pass(Duration.ofMinutes(1));
        assertThat(left(journey.presses("resend"))).isEqualTo(120);
        journey.time.pass(Duration.ofMinutes(2));
        assertThat(left(journey.presses("resend"))).isEqualTo(120);
        assertThat(mails()).isEqualTo(4);
    }

    @Test
    void aSecondTooEarlyIsTooEarly() {
        journey.asksFor(Journey.ADDRESS);
        journey.time.pass(Duration.ofMillis(29_999));
        assertThat(left(journey.presses("resend"))).isEqualTo(1);
        assertThat(mails()).isEqualTo(1);
        journey.time.pass(Duration.ofMillis(1));
        journey.presses("resend");

        assertThat(mails()).isEqualTo(2);
    }

    @Test
    void asManyMailsAsTheRealmAllowsAnAddressEndInTheWaitThatIsTrue() {
        journey.realm.configure(journey.step, Map.of("resendAfter", "1s"));
        journey.asksFor(Journey.ADDRESS);
        for (int i = 0; i < 4; i++) {
            journey.time.pass(Duration.ofSeconds(4));
            journey.presses("resend");
        }
        assertThat(mails()).isEqualTo(5);

        journey.time.pass(Duration.ofSeconds(4));
        assertThat(left(journey.presses("resend"))).isEqualTo(3600 - 5 * 4);
        assertThat(mails()).isEqualTo(5);
        journey.time.pass(Duration.ofSeconds(3600 - 5 * 4));
        journey.presses("resend");
        assertThat(mails()).isEqualTo(6);
    }

    @Test
    void anotherAddressWaitsForTheBrowserOnly() {
        journey.realm.configure(journey.step, Map.of("resendAfter", "1s"));
        for (int i = 0; i < 5; i++) {
            journey.asksFor(Journey.ADDRESS);
            journey.time.pass(Duration.ofSeconds(4));
        }
        journey.presses("change");

        assertThat(left(journey.asksFor("lee@example.org"))).isEqualTo(4);
        assertThat(mails()).isEqualTo(6);
    }

    @Test
    void reloadingTellsTheSameWaitAndSendsNothing() {
        journey.asksFor(Journey.ADDRESS);
        journey.time.pass(Duration.ofSeconds(12));

        assertThat(left(journey.shows())).isEqualTo(18);
        assertThat(left(journey.shows())).isEqualTo(18);
        assertThat(mails()).isEqualTo(1);
    }
}
