// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Where people have accounts already: a second realm of the same server, which the shipped one trusts to say who they
 * are, and not that their addresses are theirs.
 */
final class Upstream implements AutoCloseable {

    /** What people call it. */
    static final String NAME = "Elsewhere";

    /** The provider of the shipped realm for any OpenID Connect, and what people call it. */
    static final String SHIPPED = "oidc";

    static final String SHIPPED_NAME = "OpenID Connect";

    /** The role that the shipped provider takes over. */
    static final String MEMBER = "gatehouse-member";

    private final Gatehouse gatehouse;
    private final String name;
    private final String alias;
    private final Runnable putBack;

    private Upstream(Gatehouse gatehouse, String name, String alias, Runnable putBack) {
        this.gatehouse = gatehouse;
        this.name = name;
        this.alias = alias;
        this.putBack = putBack;
    }

    /** Behind a provider of its own, with nothing set but what has to be. */
    static Upstream create(Gatehouse gatehouse) {
        return create(gatehouse, provider -> {});
    }

    /** Behind a provider of its own, which is as the shipped ones in all that an operator does not fill in. */
    static Upstream likeTheShipped(Gatehouse gatehouse) {
        IdentityProviderRepresentation shipped =
                gatehouse.realm().identityProviders().get(SHIPPED).toRepresentation();
        return create(gatehouse, provider -> {
            provider.setFirstBrokerLoginFlowAlias(shipped.getFirstBrokerLoginFlowAlias());
            provider.setPostBrokerLoginFlowAlias(shipped.getPostBrokerLoginFlowAlias());
            Map<String, String> config = new HashMap<>(shipped.getConfig());
            config.putAll(provider.getConfig());
            provider.setConfig(config);
        });
    }

    private static Upstream create(Gatehouse gatehouse, Consumer<IdentityProviderRepresentation> change) {
        String name = "upstream-" + UUID.randomUUID();
        Map<String, String> config = new HashMap<>(realm(gatehouse, name, name));
        config.put("clientAuthMethod", "client_secret_post");
        config.put("useJwksUrl", "true");
        config.put("validateSignature", "true");
        config.put("defaultScope", "openid profile email");
        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(name);
        provider.setDisplayName(NAME);
        provider.setProviderId("oidc");
        provider.setEnabled(true);
        provider.setTrustEmail(false);
        provider.setConfig(config);
        change.accept(provider);
        gatehouse.realm().identityProviders().create(provider).close();
        return new Upstream(
                gatehouse,
                name,
                name,
                () -> gatehouse.realm().identityProviders().get(name).remove());
    }

    /** Behind the shipped provider {@link #SHIPPED}, which is switched on until this is closed. */
    static Upstream shipped(Gatehouse gatehouse) {
        String name = "upstream-" + UUID.randomUUID();
        ShippedProvider provider = ShippedProvider.on(gatehouse, SHIPPED, realm(gatehouse, name, SHIPPED));
        return new Upstream(gatehouse, name, SHIPPED, provider::close);
    }

    /** Makes the realm, and gives what the provider {@code alias} has to know of it. */
    private static Map<String, String> realm(Gatehouse gatehouse, String name, String alias) {
        RealmRepresentation realm = new RealmRepresentation();
        realm.setRealm(name);
        realm.setEnabled(true);
        gatehouse.admin().realms().create(realm);
        gatehouse.admin().realm(name).roles().create(new RoleRepresentation(MEMBER, "", false));
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("gatehouse");
        client.setSecret(UUID.randomUUID().toString());
        client.setRedirectUris(List.of(gatehouse.issuer() + "/broker/" + alias + "/endpoint"));
        client.setProtocolMappers(List.of(roles()));
        gatehouse.admin().realm(name).clients().create(client).close();
        String address = gatehouse.server().frontend() + "/realms/" + name;
        String endpoints = address + "/protocol/openid-connect/";
        return Map.of(
                "clientId", "gatehouse",
                "clientSecret", client.getSecret(),
                "issuer", address,
                "authorizationUrl", endpoints + "auth",
                "tokenUrl", endpoints + "token",
                "jwksUrl", endpoints + "certs",
                "userInfoUrl", endpoints + "userinfo");
    }

    private static ProtocolMapperRepresentation roles() {
        ProtocolMapperRepresentation roles = new ProtocolMapperRepresentation();
        roles.setName("roles");
        roles.setProtocol("openid-connect");
        roles.setProtocolMapper("oidc-usermodel-realm-role-mapper");
        roles.setConfig(Map.of(
                "claim.name", "roles",
                "jsonType.label", "String",
                "multivalued", "true",
                "id.token.claim", "true",
                "userinfo.token.claim", "true"));
        return roles;
    }

    /** A new account there. */
    PersonBuilder aPerson() {
        return new PersonBuilder(realm());
    }

    /** How the shipped realm knows it. */
    String alias() {
        return alias;
    }

    /** Where people have their accounts. */
    URI issuer() {
        return URI.create(gatehouse.server().frontend() + "/realms/" + name);
    }

    private RealmResource realm() {
        return gatehouse.admin().realm(name);
    }

    /** An administrator there changes an account. */
    void change(Person there, Consumer<UserRepresentation> change) {
        UserResource account = realm().users().get(there.id());
        UserRepresentation changed = account.toRepresentation();
        change.accept(changed);
        account.update(changed);
    }

    /** From now on {@code there} has {@link #MEMBER} there. */
    void join(Person there) {
        realm().users().get(there.id()).roles().realmLevel().add(List.of(member()));
    }

    /** From now on {@code there} has {@link #MEMBER} no more. */
    void leave(Person there) {
        realm().users().get(there.id()).roles().realmLevel().remove(List.of(member()));
    }

    private RoleRepresentation member() {
        return realm().roles().get(MEMBER).toRepresentation();
    }

    /** Somebody comes from there: what the shipped realm says to that. */
    Page arrive(App app, Browser browser, Person there) {
        return signIn(app.signIn(browser, Map.of("kc_idp_hint", alias)), there);
    }

    /** Somebody signs in on the page there: what the shipped realm says to that. */
    static Page signIn(Page page, Person there) {
        return page.form()
                .forge("username", there.username())
                .forge("password", there.password())
                .enter();
    }

    /** Whether an account of the shipped realm is linked with one there. */
    boolean isLinkedWith(Person here) {
        return gatehouse.realm().users().get(here.id()).getFederatedIdentity().stream()
                .anyMatch(link -> alias.equals(link.getIdentityProvider()));
    }

    /** An administrator links an account of the shipped realm with one there. */
    void link(Person here, Person there) {
        FederatedIdentityRepresentation link = new FederatedIdentityRepresentation();
        link.setUserId(there.id());
        link.setUserName(there.username());
        gatehouse
                .realm()
                .users()
                .get(here.id())
                .addFederatedIdentity(alias, link)
                .close();
    }

    @Override
    public void close() {
        putBack.run();
        gatehouse.admin().realm(name).remove();
    }
}
