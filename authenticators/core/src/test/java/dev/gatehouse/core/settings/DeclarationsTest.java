// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.settings;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DeclarationsTest {

    private static final Setting<Boolean> FIRST = Setting.flag("gh.first", "First", "Whether.", false);
    private static final Setting<Boolean> SECOND = Setting.flag("gh.second", "Second", "Whether.", false);

    @TempDir
    Path classPath = Path.of("");

    /** A part with realm attributes and a step. */
    public static final class OnePart implements Declarations {

        @Override
        public List<Setting<?>> realmSettings() {
            return List.of(SECOND, FIRST);
        }

        @Override
        public Map<String, List<Setting<?>>> providerSettings() {
            return Map.of("gatehouse-step", List.of(FIRST));
        }
    }

    /** A part with a step that has no settings. */
    public static final class AnotherPart implements Declarations {

        @Override
        public List<Setting<?>> realmSettings() {
            return List.of();
        }

        @Override
        public Map<String, List<Setting<?>>> providerSettings() {
            return Map.of("gatehouse-mapper", List.of());
        }
    }

    private URLClassLoader loader(Class<?>... parts) throws IOException {
        Path services = classPath.resolve("META-INF/services/" + Declarations.class.getName());
        Files.createDirectories(services.getParent());
        Files.write(services, List.of(parts).stream().map(Class::getName).toList());
        return new URLClassLoader(
                new URL[] {classPath.toUri().toURL()}, getClass().getClassLoader());
    }

    @Test
    void whatAllPartsDeclareIsFoundInTheirOrder() throws IOException {
        try (URLClassLoader loader = loader(OnePart.class, AnotherPart.class)) {
            assertThat(Declarations.allRealmSettings(loader)).containsExactly(SECOND, FIRST);
            assertThat(Declarations.allProviderSettings(loader))
                    .containsOnly(
                            Map.entry("gatehouse-step", List.of(FIRST)), Map.entry("gatehouse-mapper", List.of()));
        }
    }

    @Test
    void whereNoPartIsThereIsNothing() {
        assertThat(Declarations.allRealmSettings(getClass().getClassLoader())).isEmpty();
        assertThat(Declarations.allProviderSettings(getClass().getClassLoader()))
                .isEmpty();
    }
}
