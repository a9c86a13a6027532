// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.util.Map;

import dev.gatehouse.core.seal.KeyRingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VariableKeysTest {

    private static VariableKeys keys(Map<String, String> environment) {
        return new VariableKeys(environment, "KEYS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", ";", " ; ", "\r\n", ";;"})
    void keysStandOnLinesOrBetweenSemicolons(String between) throws KeyRingException {
        String text = TestKeys.ring("k2=2") + between + TestKeys.ring("k1=1");

        assertThat(keys(Map.of("KEYS", text)).read().ids()).containsExactly("k2", "k1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", "# none"})
    void aVariableWithoutAKeyIsRefused(String text) {
        assertThatExceptionOfType(KeyRingException.class)
                .isThrownBy(keys(Map.of("KEYS", text))::read)
                .withMessageStartingWith("the environment variable KEYS: there is no key");
    }

    @Test
    void aVariableThatIsNotSetIsRefused() {
        assertThatExceptionOfType(KeyRingException.class)
                .isThrownBy(keys(Map.of())::read)
                .withMessageStartingWith("the environment variable KEYS: there is no key");
    }

    @Test
    void noWordOfAWrongOneIsInTheMessage() {
        String text = TestKeys.ring("k2=2") + ";" + TestKeys.text(1);

        assertThatExceptionOfType(KeyRingException.class)
                .isThrownBy(keys(Map.of("KEYS", text))::read)
                .withMessageStartingWith("the environment variable KEYS, line 2: ")
                .withMessageNotContaining(TestKeys.text(1));
    }

    @Test
    void itNeverChanges() throws KeyRingException {
        VariableKeys keys = keys(Map.of("KEYS", TestKeys.ring("k1=1")));
        keys.read();

        assertThat(keys.mayHaveChanged()).isFalse();
    }
}
