// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import dev.gatehouse.realm.TokenContract;
import dev.gatehouse.samples.KitRealm;
import dev.gatehouse.samples.MeFunction;
import dev.gatehouse.verifier.Refusal;
import dev.gatehouse.verifier.TokenRefusedException;
import dev.gatehouse.verifier.TokenVerifier;
import dev.gatehouse.verifier.VerifiedToken;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Whoever gets an access token and however: it is as the contract says, and those who rely on the contract take it. */
@ExtendWith(KeycloakServer.class)
class TokenIT {

    private static final TokenContract CONTRACT = TokenContract.ofShippedRealm();

    private final Gatehouse gatehouse;
    private final TokenVerifier verifier;

    TokenIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
        this.verifier = KitRealm.verifier(gatehouse.issuer().toString(), KitRealm.AUDIENCE)
                .build();
    }

    /** The token keeps the contract, and both the verifier and the sample function take it. */
    private VerifiedToken assertAsPromised(String token, boolean ofPerson) {
        assertThat(CONTRACT.problems(App.Tokens.header(token), App.Tokens.payload(token), ofPerson))
                .isEmpty();
        List<String> refusals = new ArrayList<>();
        try (MeFunction function = MeFunction.start(verifier, List.of(), 0, refusals::add)) {
            Page answer = Browser.fresh()
                    .requests()
                    .with("Authorization", "Bearer " + token)
                    .get(URI.create("http://127.0.0.1:" + function.port() + "/me"));
            assertThat(answer.status()).as(refusals.toString()).isEqualTo(200);
            return verifier.verify(token);
        } catch (IOException | TokenRefusedException e) {
            throw new AssertionError("The token was not taken", e);
        }
    }

    private void assertRefused(String token, Refusal refusal) {
        TokenRefusedException refused = catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(token));
        assertThat(refused).isNotNull();
        assertThat(refused.refusal()).isEqualTo(refusal);
    }

    private static Page byPassword(App app, Person person) {
        return byPassword(app, person, Map.of());
    }

    private static Page byPassword(App app, Person person, Map<String, String> parameters) {
        return app.signIn(Browser.fresh(), parameters)
                .press("Username and password")
                .form()
                .forge("username", person.username())
                .forge("password", person.password())
                .enter();
    }

    private Page byLink(LinkSignIn signIn) {
        signIn.confirm(signIn.link());
        return signIn.goOn();
    }

    @Test
    void theTokenOfASignInByPassword() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();

        VerifiedToken token = assertAsPromised(app.tokens(byPassword(app, pat)).access(), true);

        assertThat(token.subject()).isEqualTo(pat.id());
        assertThat(token.username()).contains(pat.username());
        assertThat(token.clientId()).contains("gatehouse-app");
        assertThat(token.amr()).containsExactly("pwd");
        assertThat(token.sessionId()).isPresent();
    }

    @Test
    void theTokenOfASignInByLink() {
        Person pat = gatehouse.aPerson().create();
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

        VerifiedToken token =
                assertAsPromised(signIn.app().tokens(byLink(signIn)).access(), true);

        assertThat(token.amr()).containsExactly("magic-link");
    }

    @Test
    void theTokenOfASignInByLinkAndSecondFactor() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        LinkSignIn signIn = LinkSignIn.asked(gatehouse, Browser.fresh(), pat.address());

        Page callback = byLink(signIn).form().forge("otp", totp.code()).enter();
        VerifiedToken token = assertAsPromised(signIn.app().tokens(callback).access(), true);

        assertThat(token.amr()).containsExactlyInAnyOrder("magic-link", "otp");
    }

    @Test
    void theTokenOfARefreshIsAsThatOfTheSignIn() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();
        App.Tokens first = app.tokens(byPassword(app, pat));

        String second =
                Json.of(app.refresh(first.refresh())).get("access_token").asText();

        VerifiedToken token = assertAsPromised(second, true);
        assertThat(token.sessionId()).contains(first.claims().get("sid").asText());
        assertThat(token.amr()).containsExactly("pwd");
        assertThat(token.authTime().orElseThrow().getEpochSecond())
                .isEqualTo(first.claims().get("auth_time").asLong());
    }

    @Test
    void theTokenOfAnOfflineSession() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();
        Page callback = byPassword(app, pat, Map.of("scope", "openid offline_access"));
        App.Tokens tokens = app.tokens(callback);

        assertAsPromised(tokens.access(), true);
        assertAsPromised(
                Json.of(app.refresh(tokens.refresh())).get("access_token").asText(), true);
    }

    @Test
    void theTokenOfAMachine() {
        ClientResource machine = gatehouse
                .realm()
                .clients()
                .get(gatehouse
                        .realm()
                        .clients()
                        .findByClientId("gatehouse-machine")
                        .get(0)
                        .getId());
        ClientRepresentation before = machine.toRepresentation();
        String secret = machine.getSecret().getValue();
        assertThat(secret).as("made by the server").hasSizeGreaterThanOrEqualTo(32);
        Map<String, String> request =
                Map.of("grant_type", "client_credentials", "client_id", "gatehouse-machine", "client_secret", secret);
        assertThat(token(request).status()).as("before it is switched on").isEqualTo(401);
        ClientRepresentation on = machine.toRepresentation();
        on.setEnabled(true);
        machine.update(on);
        try {
            Page answer = token(request);
            assertThat(answer.status()).as(answer.html()).isEqualTo(200);
            assertThat(Json.of(answer).has("refresh_token")).isFalse();
            VerifiedToken token =
                    assertAsPromised(Json.of(answer).get("access_token").asText(), false);
            assertThat(token.clientId()).contains("gatehouse-machine");
            assertThat(token.sessionId()).isEmpty();
            assertThat(token(Map.of(
                                    "grant_type",
                                    "client_credentials",
                                    "client_id",
                                    "gatehouse-machine",
                                    "client_secret",
                                    "a guess"))
                            .status())
                    .isEqualTo(401);
        } finally {
            machine.update(before);
        }
    }

    private Page token(Map<String, String> fields) {
        return Browser.fresh()
                .through(gatehouse.server()::route)
                .requests()
                .post(URI.create(gatehouse.issuer() + "/protocol/openid-connect/token"), fields);
    }

    /** A client as the admin console makes one, whose administrator only said its name and its address. */
    private ClientRepresentation consoleClient() {
        ClientRepresentation client = new ClientRepresentation();
        client.setProtocol("openid-connect");
        client.setClientId("console-" + UUID.randomUUID());
        client.setName("");
        client.setDescription("");
        client.setPublicClient(true);
        client.setAuthorizationServicesEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setStandardFlowEnabled(true);
        client.setFrontchannelLogout(true);
        client.setAlwaysDisplayInConsole(false);
        client.setRootUrl("");
        client.setBaseUrl("");
        client.setRedirectUris(List.of("http://127.0.0.1/callback"));
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("saml_idp_initiated_sso_url_name", "");
        attributes.put("standard.token.exchange.enabled", "false");
        attributes.put("oauth2.device.authorization.grant.enabled", "false");
        attributes.put("oidc.ciba.grant.enabled", "false");
        client.setAttributes(attributes);
        try (Response response = gatehouse.realm().clients().create(client)) {
            client.setId(CreatedResponseUtil.getCreatedId(response));
        }
        return client;
    }

    private App app(ClientRepresentation client) {
        return new App(gatehouse.issuer(), client.getClientId(), App.CALLBACK, gatehouse.server()::route);
    }

    private String scopeId() {
        return gatehouse.realm().clientScopes().findAll().stream()
                .filter(scope -> scope.getName().equals("gatehouse-api"))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    @Test
    void theTokenOfAClientMadeInTheConsoleOnceItHasTheScope() {
        Person pat = gatehouse.aPerson().create();
        ClientRepresentation client = consoleClient();
        ClientResource resource = gatehouse.realm().clients().get(client.getId());
        try {
            App without = app(client);
            String refused = without.tokens(byPassword(without, pat)).access();
            assertThat(CONTRACT.problems(App.Tokens.header(refused), App.Tokens.payload(refused), true))
                    .contains("The claim aud has no gatehouse-api", "The claim client_id is missing")
                    .doesNotContain("The header typ is not at+jwt");
            assertRefused(refused, Refusal.WRONG_AUDIENCE);

            resource.addDefaultClientScope(scopeId());
            App with = app(client);
            VerifiedToken token =
                    assertAsPromised(with.tokens(byPassword(with, pat)).access(), true);

            assertThat(token.clientId()).contains(client.getClientId());
            assertThat(token.amr()).containsExactly("pwd");
        } finally {
            resource.remove();
        }
    }

    @Test
    void anOptionalScopeCountsOnlyWhereItIsAskedFor() {
        Person pat = gatehouse.aPerson().create();
        ClientRepresentation client = consoleClient();
        ClientResource resource = gatehouse.realm().clients().get(client.getId());
        resource.addOptionalClientScope(scopeId());
        try {
            App silent = app(client);
            assertRefused(silent.tokens(byPassword(silent, pat)).access(), Refusal.WRONG_AUDIENCE);

            App asking = app(client);
            Page callback = byPassword(asking, pat, Map.of("scope", "openid gatehouse-api"));
            assertAsPromised(asking.tokens(callback).access(), true);
        } finally {
            resource.remove();
        }
    }

    @Test
    void aRoleThatAnAdminMakesAndGivesStandsInTheNextToken() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();
        App.Tokens before = app.tokens(byPassword(app, pat));
        String name = "role-" + UUID.randomUUID();
        RoleRepresentation role = new RoleRepresentation();
        role.setName(name);
        gatehouse.realm().roles().create(role);
        List<RoleRepresentation> given =
                List.of(gatehouse.realm().roles().get(name).toRepresentation());

        gatehouse.realm().users().get(pat.id()).roles().realmLevel().add(given);
        JsonNode refreshed = Json.of(app.refresh(before.refresh()));
        assertThat(assertAsPromised(refreshed.get("access_token").asText(), true)
                        .roles())
                .contains(name);

        gatehouse.realm().users().get(pat.id()).roles().realmLevel().remove(given);
        JsonNode taken = Json.of(app.refresh(refreshed.get("refresh_token").asText()));
        assertThat(assertAsPromised(taken.get("access_token").asText(), true).roles())
                .doesNotContain(name);
        gatehouse.realm().roles().deleteRole(name);
    }

    @Test
    void whoLostEvenTheRolesThatEverybodyHasCountsAsOneWithoutRoles() throws TokenRefusedException {
        Person pat = gatehouse.aPerson().create();
        var roles = gatehouse.realm().users().get(pat.id()).roles().realmLevel();
        roles.remove(roles.listAll());
        App app = gatehouse.app();

        String token = app.tokens(byPassword(app, pat)).access();

        // Keycloak leaves out a claim of no values; this is the one token that the contract does not know.
        assertThat(App.Tokens.payload(token).has("roles")).isFalse();
        assertThat(verifier.verify(token).roles()).isEmpty();
    }

    @Test
    void whatIsNoAccessTokenIsRefused() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();
        App.Tokens tokens = app.tokens(byPassword(app, pat));

        assertRefused(tokens.id(), Refusal.WRONG_TYPE);
        // It is signed with the realm's shared key, which nobody else has.
        assertRefused(tokens.refresh(), Refusal.WRONG_ALGORITHM);
    }

    @Test
    void introspectionTellsTheSame() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();
        String token = app.tokens(byPassword(app, pat)).access();
        ClientRepresentation api = consoleClient();
        api.setPublicClient(false);
        api.getAttributes().put("allow.token.introspection.without.audience.check", "true");
        ClientResource resource = gatehouse.realm().clients().get(api.getId());
        resource.update(api);
        try {
            Page answer = Browser.fresh()
                    .requests()
                    .post(
                            URI.create(gatehouse.issuer() + "/protocol/openid-connect/token/introspect"),
                            Map.of(
                                    "client_id",
                                    api.getClientId(),
                                    "client_secret",
                                    resource.getSecret().getValue(),
                                    "token",
                                    token));
            JsonNode told = Json.of(answer);
            assertThat(told.get("active").asBoolean()).as(answer.html()).isTrue();
            assertThat(told.get("client_id").asText()).isEqualTo("gatehouse-app");
            for (String claim : CONTRACT.claims().keySet()) {
                assertThat(told.has(claim)).as(claim).isTrue();
            }
        } finally {
            resource.remove();
        }
    }

    @Test
    void theSamplesKnowTheRealmAsItsContractSaysAndItsKeysShow() {
        JsonNode keys = Json.of(
                Browser.fresh().requests().get(URI.create(gatehouse.issuer() + "/protocol/openid-connect/certs")));
        Set<String> published = new TreeSet<>();
        keys.get("keys").forEach(key -> {
            if (key.get("use").asText().equals("sig")) {
                published.add(key.get("alg").asText());
            }
        });

        assertThat(CONTRACT.audience()).containsExactly(KitRealm.AUDIENCE);
        assertThat(KitRealm.algorithms().stream().map(Enum::name).collect(Collectors.toSet()))
                .isEqualTo(published)
                .containsAll(CONTRACT.algorithms());
        assertThat(gatehouse.issuer().toString()).endsWith(CONTRACT.issuer().replace("{server}", ""));
    }
}
