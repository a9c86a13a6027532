// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.fake.FakeConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServerOptionsTest {

    private static final String PLACE = "spi-gatehouse-thing--gatehouse-thing--";
    private static final Setting<Integer> CAPACITY = Setting.integer("capacity", "Capacity", "How many.", 10, 1, 99);
    private static final Setting<Duration> DRAIN = Setting.duration("drain", "Drain", "How long.", "10s", "0s", "5m");

    private static Settings read(Map<String, String> given) {
        return ServerOptions.read(FakeConfig.scope(given), PLACE, List.of(CAPACITY, DRAIN));
    }

    @Test
    void whatIsNotSetHasItsDefault() {
        assertThat(read(Map.of()).get(CAPACITY)).isEqualTo(10);
        assertThat(read(Map.of("drain", "  ")).get(DRAIN)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatIsSetHolds() {
        Settings options = read(Map.of("capacity", "7", "drain", "0s"));

        assertThat(options.get(CAPACITY)).isEqualTo(7);
        assertThat(options.get(DRAIN)).isEqualTo(Duration.ZERO);
    }

    @Test
    void aWrongOptionStopsTheServerInOneSentenceThatNamesTheWholeOption() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("capacity", "many")))
                .withMessage("Gatehouse: spi-gatehouse-thing--gatehouse-thing--capacity is \"many\" but must be a "
                        + "whole number from 1 to 99");
    }

    @Test
    void allWrongOptionsAreToldAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("capacity", "0", "drain", "1 day")))
                .withMessage("Gatehouse: " + PLACE + "capacity is \"0\" but must be a whole number from 1 to 99; "
                        + PLACE + "drain is \"1 day\" but must be a time from 0s to 5m, written as a number and "
                        + "s, m, h or d");
    }
}
