// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/**
 * Where people have accounts already: a second realm of the same server, which the shipped one trusts to say who they
 * are, and not that their addresses are theirs.
 */
final class Upstream implements AutoCloseable {

    /** What people call it. */
    static final String NAME = "Elsewhere";

    private final Gatehouse gatehouse;
    private final String name;

    private Upstream(Gatehouse gatehouse, String name) {
        this.gatehouse = gatehouse;
        this.name = name;
    }

    static Upstream create(Gatehouse gatehouse) {
        String name = "upstream-" + UUID.randomUUID();
        RealmRepresentation realm = new RealmRepresentation();
        realm.setRealm(name);
        realm.setEnabled(true);
        gatehouse.admin().realms().create(realm);
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("gatehouse");
        client.setSecret(UUID.randomUUID().toString());
        client.setRedirectUris(List.of(gatehouse.issuer() + "/broker/" + name + "/endpoint"));
        gatehouse.admin().realm(name).clients().create(client).close();
        String address = gatehouse.server().frontend() + "/realms/" + name;
        String endpoints = address + "/protocol/openid-connect/";
        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(name);
        provider.setDisplayName(NAME);
        provider.setProviderId("oidc");
        provider.setEnabled(true);
        provider.setTrustEmail(false);
        provider.setConfig(Map.of(
                "clientId",
                "gatehouse",
                "clientSecret",
                client.getSecret(),
                "clientAuthMethod",
                "client_secret_post",
                "issuer",
                address,
                "authorizationUrl",
                endpoints + "auth",
                "tokenUrl",
                endpoints + "token",
                "jwksUrl",
                endpoints + "certs",
                "useJwksUrl",
                "true",
                "validateSignature",
                "true",
                "defaultScope",
                "openid profile email"));
        gatehouse.realm().identityProviders().create(provider).close();
        return new Upstream(gatehouse, name);
    }

    /** A new account there. */
    PersonBuilder aPerson() {
        return new PersonBuilder(gatehouse.admin().realm(name));
    }

    /** Somebody comes from there: what the shipped realm says to that. */
    Page arrive(App app, Browser browser, Person there) {
        return app.signIn(browser, Map.of("kc_idp_hint", name))
                .form()
                .forge("username", there.username())
                .forge("password", there.password())
                .enter();
    }

    /** Whether an account of the shipped realm is linked with one there. */
    boolean isLinkedWith(Person here) {
        return gatehouse.realm().users().get(here.id()).getFederatedIdentity().stream()
                .anyMatch(link -> name.equals(link.getIdentityProvider()));
    }

    @Override
    public void close() {
        gatehouse.realm().identityProviders().get(name).remove();
        gatehouse.admin().realm(name).remove();
    }
}
