// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.HashMap;
import java.util.Map;

import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;

/** The settings of one step, as an admin changes them in the console. Closing puts back what was there. */
public final class StepConfig implements AutoCloseable {

    private final RealmResource realm;
    private final String configId;
    private final Map<String, String> before;

    StepConfig(RealmResource realm, String alias) {
        this.realm = realm;
        this.configId = realm.flows().getExecutions("gatehouse browser").stream()
                .filter(execution -> alias.equals(execution.getAlias()))
                .map(AuthenticationExecutionInfoRepresentation::getAuthenticationConfig)
                .findFirst()
                .orElseThrow();
        this.before = read().getConfig();
    }

    /** Sets one option. */
    public StepConfig set(String key, String value) {
        AuthenticatorConfigRepresentation config = read();
        Map<String, String> changed = new HashMap<>(config.getConfig());
        changed.put(key, value);
        config.setConfig(changed);
        realm.flows().updateAuthenticatorConfig(configId, config);
        return this;
    }

    private AuthenticatorConfigRepresentation read() {
        return realm.flows().getAuthenticatorConfig(configId);
    }

    @Override
    public void close() {
        AuthenticatorConfigRepresentation config = read();
        config.setConfig(before);
        realm.flows().updateAuthenticatorConfig(configId, config);
    }
}
