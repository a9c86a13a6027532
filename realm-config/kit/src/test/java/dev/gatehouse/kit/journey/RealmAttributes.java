// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.HashMap;
import java.util.Map;

import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmRepresentation;

/** The attributes of a realm, as an administrator changes them while the server runs. */
public final class RealmAttributes {

    private final RealmResource realm;

    RealmAttributes(RealmResource realm) {
        this.realm = realm;
    }

    /** Runs {@code journey} while the attributes have other values. */
    public void during(Map<String, String> values, Runnable journey) {
        RealmRepresentation before = realm.toRepresentation();
        RealmRepresentation changed = realm.toRepresentation();
        Map<String, String> attributes = new HashMap<>(before.getAttributesOrEmpty());
        attributes.putAll(values);
        changed.setAttributes(attributes);
        realm.update(changed);
        try {
            journey.run();
        } finally {
            Map<String, String> again = new HashMap<>(before.getAttributesOrEmpty());
            // An attribute that is left out stays as it is; an empty one counts as not set.
            values.keySet().forEach(name -> again.putIfAbsent(name, ""));
            before.setAttributes(again);
            realm.update(before);
        }
    }
}
