// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.Map;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jspecify.annotations.Nullable;

/**
 * The server's own options, from a map, for as long as this is open. Without one, a test that asks for such an option
 * fails: there is no server that has any.
 */
public final class FakeOptions extends ConfigProviderResolver implements AutoCloseable {

    private final Config config;

    /** Options by name, without the {@code kc.} in front. */
    public FakeOptions(Map<String, String> options) {
        config = Stub.of(Config.class)
                .on("getOptionalValue", call -> Optional.ofNullable(option(options, call.text(0))))
                .get();
        setInstance(this);
    }

    private static @Nullable String option(Map<String, String> options, String name) {
        if (!name.startsWith("kc.")) {
            throw new AssertionError("unexpected: option " + name);
        }
        return options.get(name.substring(3));
    }

    @Override
    public Config getConfig() {
        return config;
    }

    @Override
    public Config getConfig(ClassLoader loader) {
        return config;
    }

    @Override
    public ConfigBuilder getBuilder() {
        throw new AssertionError("unexpected call: getBuilder");
    }

    @Override
    public void registerConfig(Config registered, ClassLoader loader) {
        throw new AssertionError("unexpected call: registerConfig");
    }

    @Override
    public void releaseConfig(Config released) {
        throw new AssertionError("unexpected call: releaseConfig");
    }

    @Override
    @SuppressWarnings("NullAway") // Null takes the instance away.
    public void close() {
        setInstance(null);
    }
}
