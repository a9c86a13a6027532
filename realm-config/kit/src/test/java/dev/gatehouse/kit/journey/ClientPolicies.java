// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;

/** The client policies of a realm, as an administrator switches them while the server runs. */
final class ClientPolicies {

    private static final String NO_PASSWORD_GRANT = "gatehouse no password grant";

    private ClientPolicies() {}

    /** From now on clients may have the password grant; each still has to be given it. */
    static void allowPasswordGrant(RealmResource realm) {
        set(realm, NO_PASSWORD_GRANT, false);
    }

    /** From now on no client has it, as in the shipped realm. */
    static void forbidPasswordGrant(RealmResource realm) {
        set(realm, NO_PASSWORD_GRANT, true);
    }

    private static void set(RealmResource realm, String name, boolean enabled) {
        ClientPoliciesRepresentation policies =
                realm.clientPoliciesPoliciesResource().getPolicies();
        policies.getPolicies().stream()
                .filter(policy -> policy.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .setEnabled(enabled);
        realm.clientPoliciesPoliciesResource().updatePolicies(policies);
    }
}
