// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.pack;

import org.jspecify.annotations.Nullable;

/** The version of the pack, from its jar. */
public final class PackVersion {

    private PackVersion() {}

    /** The version, or {@code unknown} where the classes do not come from the jar. */
    public static String current() {
        @Nullable String version = PackVersion.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
