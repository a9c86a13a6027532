// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.util.Map;

import dev.gatehouse.core.seal.KeyRing;
import dev.gatehouse.core.seal.KeyRingException;

/** A ring in a variable of the environment, its keys on lines of their own or with semicolons between them. */
final class VariableKeys implements KeySource {

    private final Map<String, String> environment;
    private final String name;

    VariableKeys(Map<String, String> environment, String name) {
        this.environment = environment;
        this.name = name;
    }

    @Override
    public KeyRing read() throws KeyRingException {
        return KeyRing.parse(environment.getOrDefault(name, "").replace(';', '\n'), place());
    }

    @Override
    public boolean mayHaveChanged() {
        // A process keeps the environment that it was started with.
        return false;
    }

    @Override
    public String place() {
        return "the environment variable " + name;
    }
}
