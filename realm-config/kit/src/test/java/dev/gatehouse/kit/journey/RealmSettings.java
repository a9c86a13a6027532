// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.function.Consumer;

import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmRepresentation;

/** The settings of a realm, as an administrator changes them while the server runs. */
final class RealmSettings {

    private RealmSettings() {}

    /** Runs {@code journey} while the realm is another one. */
    static void during(RealmResource realm, Consumer<RealmRepresentation> change, Runnable journey) {
        RealmRepresentation before = realm.toRepresentation();
        change(realm, change);
        try {
            journey.run();
        } finally {
            realm.update(before);
        }
    }

    static void change(RealmResource realm, Consumer<RealmRepresentation> change) {
        RealmRepresentation changed = realm.toRepresentation();
        change.accept(changed);
        realm.update(changed);
    }
}
