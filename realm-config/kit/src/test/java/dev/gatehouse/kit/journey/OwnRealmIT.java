// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import dev.gatehouse.realm.TokenContract;
import dev.gatehouse.samples.KitRealm;
import dev.gatehouse.verifier.TokenRefusedException;
import dev.gatehouse.verifier.VerifiedToken;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A realm that never saw the shipped file. An administrator copies Keycloak's browser flow, puts our steps into it and makes the
 * scope for functions: the requests are those of the console's pages, in the order of the clicks that the documents name.
 */
@ExtendWith(KeycloakServer.class)
class OwnRealmIT {

    private static final String FLOW = "my browser";
    private static final String FORMS = "my browser forms";
    private static final String FIRST = "my first factor";

    private final Gatehouse gatehouse;
    private final String name = "own-" + UUID.randomUUID();
    private final RealmResource realm;

    OwnRealmIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
        this.realm = gatehouse.admin().realm(name);
    }

    @BeforeEach
    void aRealmAsTheConsoleMakesIt() {
        RealmRepresentation fresh = new RealmRepresentation();
        fresh.setRealm(name);
        fresh.setEnabled(true);
        gatehouse.admin().realms().create(fresh);
        // Realm settings, Email.
        RealmSettings.change(
                realm,
                it -> it.setSmtpServer(Map.of(
                        "host", gatehouse.mail().host(),
                        "port", Integer.toString(gatehouse.mail().port()),
                        "from", "sign-in@gatehouse.example")));
    }

    @AfterEach
    void gone() {
        realm.remove();
    }

    private List<AuthenticationExecutionInfoRepresentation> executions() {
        return realm.flows().getExecutions(FLOW);
    }

    private AuthenticationExecutionInfoRepresentation execution(String named) {
        return executions().stream()
                .filter(it -> named.equals(it.getProviderId()) || named.equals(it.getDisplayName()))
                .findFirst()
                .orElseThrow();
    }

    /** <em>Add execution</em> at a sub-flow, and what is chosen for it. */
    private void add(String flow, String provider, String requirement) {
        realm.flows().addExecution(flow, Map.of("provider", provider));
        require(provider, requirement);
    }

    private void require(String named, String requirement) {
        AuthenticationExecutionInfoRepresentation it = execution(named);
        it.setRequirement(requirement);
        realm.flows().updateExecutions(FLOW, it);
    }

    /** The gear of the step, field "Authenticator Reference". */
    private void reference(String provider, String reference) {
        AuthenticatorConfigRepresentation config = new AuthenticatorConfigRepresentation();
        config.setAlias("my " + reference);
        config.setConfig(Map.of("default.reference.value", reference, "default.reference.maxAge", "36000"));
        realm.flows().newExecutionConfig(execution(provider).getId(), config).close();
    }

    /**
     * <em>Authentication</em>, <em>browser</em>, <em>Action</em>, <em>Duplicate</em>; in the forms a sub-flow in the place of the password
     * form, with our steps in it, moved to the top; <em>Action</em>, <em>Bind flow</em>.
     */
    private void bindOurSteps() {
        realm.flows().copy("browser", Map.of("newName", FLOW)).close();
        realm.flows().removeExecution(execution("auth-username-password-form").getId());
        realm.flows()
                .addExecutionFlow(
                        FORMS, Map.of("alias", FIRST, "type", "basic-flow", "provider", "", "description", ""));
        require(FIRST, "REQUIRED");
        while (executions().stream()
                .filter(it -> it.getLevel() == 1)
                .map(AuthenticationExecutionInfoRepresentation::getDisplayName)
                .filter(it -> it.equals(FIRST) || it.startsWith(FORMS))
                .findFirst()
                .filter(FIRST::equals)
                .isEmpty()) {
            realm.flows().raisePriority(execution(FIRST).getId());
        }
        add(FIRST, "gatehouse-magic-link", "ALTERNATIVE");
        reference("gatehouse-magic-link", "magic-link");
        add(FIRST, "gatehouse-username-password-form", "ALTERNATIVE");
        reference("gatehouse-username-password-form", "pwd");
        RealmSettings.change(realm, it -> it.setBrowserFlow(FLOW));
    }

    private static ProtocolMapperRepresentation mapper(String name, String kind, Map<String, String> config) {
        ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
        mapper.setName(name);
        mapper.setProtocol("openid-connect");
        mapper.setProtocolMapper(kind);
        mapper.setConfig(config);
        return mapper;
    }

    /** <em>Client scopes</em>, <em>Create client scope</em>, and its five mappers, <em>Add mapper</em>, <em>By configuration</em>. */
    private String scope() {
        ClientScopeRepresentation scope = new ClientScopeRepresentation();
        scope.setName("gatehouse-api");
        scope.setProtocol("openid-connect");
        scope.setProtocolMappers(List.of(
                mapper("amr", "oidc-amr-mapper", Map.of("access.token.claim", "true")),
                mapper(
                        "audience",
                        "oidc-audience-mapper",
                        Map.of("included.custom.audience", KitRealm.AUDIENCE, "access.token.claim", "true")),
                mapper("client_id", "gatehouse-client-id", Map.of("access.token.claim", "true")),
                mapper(
                        "roles",
                        "oidc-usermodel-realm-role-mapper",
                        Map.of(
                                "claim.name", "roles",
                                "jsonType.label", "String",
                                "multivalued", "true",
                                "access.token.claim", "true")),
                mapper(
                        "username",
                        "oidc-usermodel-attribute-mapper",
                        Map.of(
                                "user.attribute", "username",
                                "claim.name", "username",
                                "jsonType.label", "String",
                                "access.token.claim", "true"))));
        try (Response response = realm.clientScopes().create(scope)) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }

    /** <em>Clients</em>, <em>Create client</em>; <em>Client scopes</em>; <em>Advanced</em>, the type of access tokens and PKCE. */
    private App app() {
        String scope = scope();
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("my-app");
        client.setPublicClient(true);
        client.setRedirectUris(List.of("http://127.0.0.1/callback"));
        client.setAttributes(Map.of(
                "access.token.header.type.rfc9068", "true",
                "pkce.code.challenge.method", "S256"));
        try (Response response = realm.clients().create(client)) {
            realm.clients().get(CreatedResponseUtil.getCreatedId(response)).addDefaultClientScope(scope);
        }
        return new App(issuer(), "my-app", App.CALLBACK, gatehouse.server()::route);
    }

    private URI issuer() {
        return URI.create(gatehouse.server().frontend() + "/realms/" + name);
    }

    private LinkSignIn asked(App app, Person person) {
        Browser browser = Browser.fresh();
        return LinkSignIn.at(
                gatehouse, app, browser, LinkSignIn.ask(app.signIn(browser), person.address()), person.address());
    }

    private VerifiedToken assertAsPromised(String token) throws TokenRefusedException {
        assertThat(TokenContract.ofShippedRealm().problems(App.Tokens.header(token), App.Tokens.payload(token), true))
                .as("the contract but for the name of the realm")
                .containsExactly("The claim iss does not end with /realms/gatehouse");
        return KitRealm.verifier(issuer().toString(), KitRealm.AUDIENCE).build().verify(token);
    }

    @Test
    void aPersonSignsInByLinkAndAFunctionTakesTheToken() throws TokenRefusedException {
        bindOurSteps();
        App app = app();
        Person pat = new PersonBuilder(realm).create();
        LinkSignIn signIn = asked(app, pat);
        signIn.confirm(signIn.link());

        VerifiedToken token = assertAsPromised(app.tokens(signIn.goOn()).access());

        assertThat(token.subject()).isEqualTo(pat.id());
        assertThat(token.amr()).containsExactly("magic-link");
    }

    @Test
    void thePasswordIsOneClickAwayAndTheSecondFactorComesAfterEitherOfThem() throws TokenRefusedException {
        bindOurSteps();
        App app = app();
        Person pat = new PersonBuilder(realm).create();
        Page callback = app.signIn(Browser.fresh())
                .press("Username and password")
                .form()
                .forge("username", pat.username())
                .forge("password", pat.password())
                .enter();
        assertThat(assertAsPromised(app.tokens(callback).access()).amr()).containsExactly("pwd");

        Totp totp = Totp.of(realm, pat);
        App again = new App(issuer(), "my-app", App.CALLBACK, gatehouse.server()::route);
        LinkSignIn signIn = asked(again, pat);
        signIn.confirm(signIn.link());
        Page second = signIn.goOn();
        assertThat(second.isAtStop()).isFalse();
        assertThat(again.tokens(second.form().forge("otp", totp.code()).enter())
                        .claims()
                        .get("sub")
                        .asText())
                .isEqualTo(pat.id());
    }
}
