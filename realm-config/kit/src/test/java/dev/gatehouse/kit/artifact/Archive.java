// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip read whole: the content of each file by its name. */
record Archive(Map<String, byte[]> files, Map<String, LocalDateTime> times) {

    static final String SERVICES = "META-INF/services/";
    static final String SPI = "org.keycloak.provider.Spi";
    static final String DECLARATIONS = "dev.gatehouse.core.settings.Declarations";

    static Archive of(Path path) {
        Map<String, byte[]> files = new TreeMap<>();
        Map<String, LocalDateTime> times = new TreeMap<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                times.put(entry.getName(), entry.getTimeLocal());
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path + ": run the Maven build first", e);
        }
        return new Archive(files, times);
    }

    String text(String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException("There is no " + name);
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    /** What the jar offers to service loaders: the classes by the type that they are. */
    Map<String, List<String>> services() {
        Map<String, List<String>> services = new TreeMap<>();
        files.keySet().stream()
                .filter(name -> name.startsWith(SERVICES))
                .forEach(name -> services.put(
                        name.substring(SERVICES.length()),
                        text(name).lines().filter(line -> !line.isBlank()).toList()));
        return services;
    }

    /** The classes that make providers. */
    Stream<String> factories() {
        return services().entrySet().stream()
                .filter(service -> !Set.of(SPI, DECLARATIONS).contains(service.getKey()))
                .flatMap(service -> service.getValue().stream());
    }
}
