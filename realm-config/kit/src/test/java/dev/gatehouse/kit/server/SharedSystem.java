// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives journeys a running system, one for all journeys of a run that ask for it.
 *
 * <p>After each journey what the servers wrote meanwhile is looked through: a warning of ours, an error or a stack
 * trace fails the journey, unless it {@linkplain AllowedInLog says} that it expects it.
 */
abstract class SharedSystem implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedSystem.class);

    private final Class<? extends RunningSystem> type;
    private final Supplier<? extends RunningSystem> start;
    private final List<String> alwaysAllowed;

    /**
     * For parameters of this type.
     *
     * @param alwaysAllowed regular expressions for lines that say nothing about any journey
     */
    <S extends RunningSystem> SharedSystem(Class<S> type, Supplier<S> start, List<String> alwaysAllowed) {
        this.type = type;
        this.start = start;
        this.alwaysAllowed = alwaysAllowed;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == type;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return shared(context).system();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        assertThat(shared(context).complaints(alwaysAllowed))
                .as("what the servers wrote before this journey")
                .isEmpty();
    }

    @Override
    public void afterEach(ExtensionContext context) throws StartFailure {
        List<String> allowed = new ArrayList<>(alwaysAllowed);
        context.getTestMethod()
                .map(method -> method.getAnnotation(AllowedInLog.class))
                .map(AllowedInLog::value)
                .map(List::of)
                .ifPresent(allowed::addAll);
        // The next journey finds the servers as this one found them, and what that brings up is this one's.
        shared(context).system().heal();
        assertThat(shared(context).complaints(allowed))
                .as("what the servers wrote during this journey")
                .isEmpty();
    }

    private Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(type, key -> Shared.of(start.get()), Shared.class);
    }

    /** What all journeys of a run share; JUnit closes it after the last of them. */
    private record Shared(RunningSystem system, Map<String, ServerLog> logs) implements AutoCloseable {

        static Shared of(RunningSystem system) {
            Map<String, ServerLog> logs = new LinkedHashMap<>();
            system.servers()
                    .forEach(server -> logs.put(server.log().getFileName().toString(), new ServerLog(server.log())));
            return new Shared(system, logs);
        }

        List<String> complaints(List<String> allowed) {
            List<String> complaints = new ArrayList<>();
            logs.forEach((name, log) ->
                    ServerLog.complaints(log.fresh(), allowed).forEach(line -> complaints.add(name + ": " + line)));
            return complaints;
        }

        @Override
        public void close() {
            system.close();
        }
    }
}
