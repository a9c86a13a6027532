// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The probes as a jar for {@code providers/}; the same bytes each time, so that a prepared server is used again. */
public final class ProbeJar {

    private static final String SERVICE =
            "META-INF/services/org.keycloak.services.resource.RealmResourceProviderFactory";
    private static final String FOLDER = "dev/gatehouse/kit/probe/";

    private ProbeJar() {}

    public static Path in(Path folder) {
        try {
            Path jar = Files.createDirectories(folder).resolve("gatehouse-probe.jar");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
                for (String name : List.of(
                        "ClockProbe",
                        "Flood",
                        "PermitProbeFactory",
                        "PermitProbeFactory$1",
                        "PermitProbeResource",
                        "PermitProbeResource$NobodyWatches")) {
                    put(zip, FOLDER + name + ".class", content(name + ".class"));
                }
                String services = PermitProbeFactory.class.getName() + "\n" + ClockProbe.class.getName() + "\n";
                put(zip, SERVICE, services.getBytes(StandardCharsets.US_ASCII));
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the probe to " + folder, e);
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
    }

    private static byte[] content(String name) throws IOException {
        try (InputStream in = ProbeJar.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("There is no " + name);
            }
            return in.readAllBytes();
        }
    }
}
