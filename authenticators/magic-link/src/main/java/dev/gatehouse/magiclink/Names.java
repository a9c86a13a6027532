// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import org.keycloak.models.RealmModel;

/** What people call a realm. */
final class Names {

    private Names() {}

    static String of(RealmModel realm) {
        String name = realm.getDisplayName();
        return name == null || name.isBlank() ? realm.getName() : name;
    }
}
