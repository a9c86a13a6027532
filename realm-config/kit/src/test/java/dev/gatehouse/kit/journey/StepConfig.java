// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.HashMap;
import java.util.Map;

import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;

/** The settings of one step, as an admin changes them in the console. */
public final class StepConfig {

    private final RealmResource realm;
    private final String configId;

    StepConfig(RealmResource realm, String alias) {
        this.realm = realm;
        this.configId = realm.flows().getExecutions("gatehouse browser").stream()
                .filter(execution -> alias.equals(execution.getAlias()))
                .map(AuthenticationExecutionInfoRepresentation::getAuthenticationConfig)
                .findFirst()
                .orElseThrow();
    }

    /** Runs {@code journey} while one option has another value. */
    public void during(String key, String value, Runnable journey) {
        AuthenticatorConfigRepresentation config = realm.flows().getAuthenticatorConfig(configId);
        Map<String, String> before = config.getConfig();
        Map<String, String> changed = new HashMap<>(before);
        changed.put(key, value);
        config.setConfig(changed);
        realm.flows().updateAuthenticatorConfig(configId, config);
        try {
            journey.run();
        } finally {
            config.setConfig(before);
            realm.flows().updateAuthenticatorConfig(configId, config);
        }
    }
}
