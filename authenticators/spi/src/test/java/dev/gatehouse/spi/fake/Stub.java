// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An object of any interface that answers what a test told it to, and fails the test on every other call. Overloads
 * share one answer, which can tell them apart by their arguments.
 */
public final class Stub<T> {

    /** What is done for a call. */
    @FunctionalInterface
    public interface Answer {
        @Nullable
        Object to(Call call) throws Throwable;
    }

    /** One call. */
    public static final class Call {

        private final Method method;
        private final @Nullable Object @Nullable [] arguments;

        private Call(Method method, @Nullable Object @Nullable [] arguments) {
            this.method = method;
            this.arguments = arguments;
        }

        public String name() {
            return method.getName();
        }

        public int size() {
            return arguments == null ? 0 : arguments.length;
        }

        /** An argument that must be there. */
        public Object get(int index) {
            return Objects.requireNonNull(orNull(index));
        }

        public @Nullable Object orNull(int index) {
            return Objects.requireNonNull(arguments)[index];
        }

        public String text(int index) {
            return (String) get(index);
        }

        /** The call as it would be written, with the arguments of a list of any length in it. */
        @Override
        public String toString() {
            return name() + (arguments == null ? "[]" : Arrays.deepToString(arguments));
        }
    }

    private final Class<T> type;
    private final Map<String, Answer> answers = new HashMap<>();
    private final T proxy;

    private Stub(Class<T> type) {
        this.type = type;
        this.proxy = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Calls<>(this)));
    }

    public static <T> Stub<T> of(Class<T> type) {
        return new Stub<>(type);
    }

    /** Answers every call of {@code method}. */
    public Stub<T> on(String method, Answer answer) {
        answers.put(method, answer);
        return this;
    }

    /** Answers every call of {@code method} with one value. */
    public Stub<T> is(String method, @Nullable Object value) {
        return on(method, call -> value);
    }

    public T get() {
        return proxy;
    }

    private record Calls<T>(Stub<T> stub) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            Answer answer = stub.answers.get(method.getName());
            if (answer != null) {
                return answer.to(new Call(method, arguments));
            }
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(self, method, arguments);
            }
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> arguments != null && arguments[0] == self;
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "Stub of " + stub.type.getSimpleName();
                };
            }
            throw new AssertionError("unexpected call: " + stub.type.getSimpleName() + "." + method.getName());
        }
    }
}
