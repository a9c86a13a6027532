// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    static Object call(Object target, String method) {
        try {
            return target.getClass().getMethod(method).invoke(target);
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
