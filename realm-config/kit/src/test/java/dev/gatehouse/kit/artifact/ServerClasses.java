// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.Distribution;

/** The one jar among the classes of the server that it is dropped into, and of nothing else. */
final class ServerClasses implements AutoCloseable {

    private final URLClassLoader loader;

    private ServerClasses(URLClassLoader loader) {
        this.loader = loader;
    }

    static ServerClasses withTheOneJar() {
        Path libraries = Distribution.prepare(Build.target().resolve("keycloak"), step -> {})
                .home()
                .resolve("lib/lib");
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> jars = Files.walk(libraries)) {
            urls.add(Build.jar().toUri().toURL());
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                urls.add(jar.toUri().toURL());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + libraries, e);
        }
        return new ServerClasses(new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    /** A provider factory, made as the service loader makes it. */
    Object instance(String className) {
        try {
            return loader.loadClass(className).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(className + " cannot be made", e);
        }
    }

    /** The classes themselves. */
    ClassLoader loader() {
        return loader;
    }

    /** What a public static method of one argument answers. */
    Object apply(String className, String method, Class<?> type, Object argument) {
        try {
            return loader.loadClass(className).getMethod(method, type).invoke(null, argument);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(className + "." + method + " cannot be called", e);
        }
    }

    /** What a method without arguments answers; empty if there is no such method, or it answers null. */
    static Optional<Object> callIfThere(Object target, String method) {
        return Arrays.stream(target.getClass().getMethods())
                .filter(it -> it.getName().equals(method) && it.getParameterCount() == 0)
                .findFirst()
                .flatMap(it -> Optional.ofNullable(call(target, method)));
    }

    static Object call(Object target, String method) {
        try {
            Method found = target.getClass().getMethod(method);
            // A public class can have it from one that is not.
            found.setAccessible(true);
            return found.invoke(target);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the class loader", e);
        }
    }
}
