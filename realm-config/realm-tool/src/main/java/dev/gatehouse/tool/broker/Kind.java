// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.realm.RealmFiles;
import dev.gatehouse.tool.report.RefusedException;

/** Which identity providers there are; each is in the realm of this build under its name. */
enum Kind {
    GOOGLE,
    GITHUB,
    MICROSOFT,
    OIDC;

    /** @throws RefusedException if there is no such kind */
    static Kind of(String id) {
        for (Kind kind : values()) {
            if (kind.id().equals(id)) {
                return kind;
            }
        }
        throw new RefusedException("KIND", "is \"" + id + "\" but must be google, github, microsoft or oidc");
    }

    /** The alias in the shipped realm, and the id of the server's provider. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an address that it tells is one that it has proven. */
    boolean vouchesForAddresses() {
        return this == GOOGLE;
    }

    /** As the shipped realm has it: switched off, and without credentials. */
    ObjectNode shipped() {
        return StreamSupport.stream(
                        RealmFiles.read(RealmFiles.CONSOLE)
                                .path("identityProviders")
                                .spliterator(),
                        false)
                .filter(provider -> provider.path("alias").asText().equals(id()))
                .findFirst()
                .map(provider -> provider.<ObjectNode>deepCopy())
                .orElseThrow(() -> new IllegalStateException("the shipped realm has no " + id()));
    }

    /** What the shipped realm makes of what it says, copies. */
    List<ObjectNode> shippedMappers() {
        return StreamSupport.stream(
                        RealmFiles.read(RealmFiles.CONSOLE)
                                .path("identityProviderMappers")
                                .spliterator(),
                        false)
                .filter(mapper -> mapper.path("identityProviderAlias").asText().equals(id()))
                .map(mapper -> mapper.<ObjectNode>deepCopy())
                .toList();
    }
}
