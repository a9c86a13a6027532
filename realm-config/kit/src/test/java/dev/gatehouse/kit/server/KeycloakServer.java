// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.List;

import dev.gatehouse.kit.journey.Gatehouse;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives journeys a {@link Gatehouse}: a real Keycloak with the one jar and the shipped realm, and a real mail server.
 *
 * <p>One server serves all journeys of a run. After each journey what the server wrote meanwhile is looked through: a
 * warning of ours, an error or a stack trace fails the journey, unless it {@linkplain AllowedInLog says} that it
 * expects it.
 */
public final class KeycloakServer implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(KeycloakServer.class);

    /** With -Dkeycloak.version the pack says once, at start, that it was never tried there; that is what it is for. */
    private static final List<String> ON_ANOTHER_VERSION = List.of("was never tried on Keycloak");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Gatehouse.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return shared(context).gatehouse();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        List<String> between = shared(context).log().fresh();
        assertThat(ServerLog.complaints(between, ON_ANOTHER_VERSION))
                .as("what the server wrote before this journey")
                .isEmpty();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> allowed = context.getTestMethod()
                .map(method -> method.getAnnotation(AllowedInLog.class))
                .map(AllowedInLog::value)
                .map(List::of)
                .orElse(List.of());
        assertThat(ServerLog.complaints(shared(context).log().fresh(), allowed))
                .as("what the server wrote during this journey")
                .isEmpty();
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
    }

    /** What all journeys of a run share; JUnit closes it after the last of them. */
    private record Shared(Gatehouse gatehouse, ServerLog log) implements AutoCloseable {

        static Shared start() {
            Gatehouse gatehouse = Gatehouse.start(ServerRuntime.chosen());
            return new Shared(gatehouse, new ServerLog(gatehouse.server().log()));
        }

        @Override
        public void close() {
            gatehouse.close();
        }
    }
}
