// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar that users drop into {@code providers/} next to {@code gatehouse.jar}. */
class RedisJarIT {

    private static final Path JAR = Path.of(System.getProperty("gatehouse.redis.jar"));
    private static final String SHADED = "dev/gatehouse/redis/shaded/";

    private final Map<String, byte[]> files = new TreeMap<>();

    @BeforeEach
    void read() throws IOException {
        try (ZipFile zip = new ZipFile(JAR.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    /** Each byte is a letter, whatever it means. */
    private String text(String name) {
        byte[] content = files.get(name);
        assertThat(content).as(name).isNotNull();
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    @Test
    void itIsWhatTheOtherTestsRunOn() throws URISyntaxException {
        URI source = RedisPermitStoreFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();

        assertThat(Path.of(source)).isEqualTo(JAR);
    }

    @Test
    void itOffersItsStore() {
        assertThat(text("META-INF/services/dev.gatehouse.spi.limit.PermitStoreFactory"))
                .isEqualToIgnoringNewLines(RedisPermitStoreFactory.class.getName());
    }

    @Test
    void itHoldsItsOwnClassesAndNothingUnderANameOfSomebodyElse() {
        assertThat(files.keySet())
                .allMatch(name -> name.startsWith("dev/gatehouse/redis/")
                        || name.equals("META-INF/services/dev.gatehouse.spi.limit.PermitStoreFactory")
                        || name.equals("META-INF/LICENSE")
                        || name.equals("META-INF/NOTICE")
                        || name.equals("META-INF/licenses/MIT")
                        || name.equals("META-INF/MANIFEST.MF"));
        assertThat(files.keySet()).anyMatch(name -> name.startsWith(SHADED));
        assertThat(files.keySet())
                .filteredOn(name -> !name.startsWith(SHADED))
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(name -> name.matches("dev/gatehouse/redis/[A-Za-z$-]+\\.class"));
    }

    @Test
    void itsClassesAskForNoLibraryUnderItsOwnName() {
        for (String name : files.keySet()) {
            if (name.endsWith(".class")) {
                assertThat(text(name).replace(SHADED, ""))
                        .as(name)
                        .doesNotContain("com/google/gson", "org/json/JSON")
                        .satisfies(text -> assertThat(text(name).split("redis/clients/", -1))
                                .hasSameSizeAs(text(name).split(SHADED + "redis/clients/", -1)))
                        .satisfies(text -> assertThat(text(name).split("org/apache/commons/pool2", -1))
                                .hasSameSizeAs(text(name).split(SHADED + "org/apache/commons/pool2", -1)));
            }
        }
    }

    @Test
    void itsClassesRunOnJava17() {
        files.forEach((name, content) -> {
            if (name.endsWith(".class")) {
                assertThat(content[7]).as("class file version of " + name).isLessThanOrEqualTo((byte) 61);
            }
        });
    }

    @Test
    void itTellsItsVersionAndWhoseTheClassesAre() {
        assertThat(text("META-INF/MANIFEST.MF").lines().map(line -> line.replaceAll(":.*", "")))
                .containsExactly("Manifest-Version", "Implementation-Title", "Implementation-Version", "");
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/licenses/MIT")).contains("Redis, inc.");
        assertThat(text("META-INF/NOTICE")).contains("Jedis", "Redis AuthX Core", "Apache Commons Pool");
    }
}
