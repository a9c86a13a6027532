// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.keycloak.admin.client.resource.IdentityProviderResource;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** An identity provider that the realm is shipped with, switched on by an administrator in the console until it is closed. */
final class ShippedProvider implements AutoCloseable {

    private final IdentityProviderResource provider;
    private final IdentityProviderRepresentation before;

    private ShippedProvider(IdentityProviderResource provider, IdentityProviderRepresentation before) {
        this.provider = provider;
        this.before = before;
    }

    /** Fills in what only the operator knows, and switches it on. */
    static ShippedProvider on(Gatehouse gatehouse, String alias, Map<String, String> settings) {
        IdentityProviderResource provider =
                gatehouse.realm().identityProviders().get(alias);
        ShippedProvider on = new ShippedProvider(provider, provider.toRepresentation());
        on.change(it -> {
            it.setEnabled(true);
            Map<String, String> config = new HashMap<>(it.getConfig());
            config.putAll(settings);
            it.setConfig(config);
        });
        return on;
    }

    /** What people call it. */
    String name() {
        return before.getDisplayName();
    }

    void change(Consumer<IdentityProviderRepresentation> change) {
        IdentityProviderRepresentation changed = provider.toRepresentation();
        change.accept(changed);
        provider.update(changed);
    }

    /** It is off again, and knows nothing of what was filled in. */
    @Override
    public void close() {
        provider.update(before);
    }
}
