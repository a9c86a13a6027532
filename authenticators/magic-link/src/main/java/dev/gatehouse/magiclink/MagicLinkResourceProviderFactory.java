// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import dev.gatehouse.spi.settings.ToldProblems;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** The addresses below {@code /realms/{realm}/gatehouse-magic-link}: where links lead, and what waiting pages ask. */
public final class MagicLinkResourceProviderFactory implements RealmResourceProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-magic-link";

    private final LinkSender sender = new LinkSender(LinkStores::of);
    private final ToldProblems told = new ToldProblems();

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return new MagicLinkResource(session, sender, told);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public void init(Config.Scope scope) {
        // There are no server options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing is started.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
