// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.Admin;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.admin.ServerOptions;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Switches an identity provider on or off. */
@Command(
        name = "enable-broker",
        description = {
            "Lets people sign in by another identity provider, or changes how they do. Prints the redirect URI to register"
                    + " there. What is not named stays as it is; PKCE, nonce and the pack's flows are always put in.",
            "",
            "google and microsoft and github need --client-id and a secret; oidc needs --issuer too. A second provider of the"
                    + " kind oidc gets its own name with --as.",
            ""
        })
public final class EnableBrokerCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private BrokerOptions options = new BrokerOptions();

    /** @param terminal the operator's side */
    public EnableBrokerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String alias = options.alias();
        try (Admin admin = server.open(terminal)) {
            // After the administrator's password, where both are on standard input.
            Optional<String> given = options.secret(terminal);
            Realm realm = new Realm(admin, server.realm());
            JsonNode flows = flows(realm);
            Mappers mappers = new Mappers(realm, alias);
            mappers.checkRoles(options.roles());
            AdminPath path = realm.path("identity-provider", "instances", alias);
            Optional<JsonNode> before = admin.find(path);
            if (options.disables() && before.isEmpty()) {
                throw new RefusedException("KIND", "the realm has no identity provider " + alias);
            }
            Provider provider = provider(before, options.wish(given, realm), given);
            if (options.disables()) {
                write(realm, path, provider, List.of());
                return 0;
            }
            check(provider, flows);
            write(
                    realm,
                    path,
                    provider,
                    mappers.steps(options.kind(), options.roles(), options.roleClaim(), before.isEmpty()));
            hint(provider);
            terminal.result(
                    "Redirect URI to register with the provider: " + issuer(realm) + "/broker/" + alias + "/endpoint");
            return 0;
        }
    }

    private void hint(Provider provider) {
        if (options.kind() == Kind.MICROSOFT
                && provider.wanted().at("/config/tenantId").asText().isEmpty()) {
            terminal.progress(
                    "Everybody with an account of Microsoft can sign in; --tenant lets in those of one tenant");
        }
    }

    private Provider provider(Optional<JsonNode> before, Wish wish, Optional<String> given) {
        Provider provider = Provider.of(before, wish);
        if (provider.keepsSecret() && options.replacesSecret() && given.isPresent()) {
            return provider.withSecret(given.get());
        }
        if (provider.keepsSecret()) {
            terminal.progress("The realm has a secret for " + wish.alias()
                    + " already, which stays; --replace-secret changes it");
        }
        return provider;
    }

    private void write(Realm realm, AdminPath path, Provider provider, List<Mappers.Step> steps) {
        List<String> changes = provider.changes();
        changes.forEach(terminal::result);
        steps.forEach(step -> terminal.result(step.line()));
        if (provider.before().isEmpty()) {
            realm.admin().create(realm.path("identity-provider", "instances"), provider.wanted());
        } else if (!changes.isEmpty()) {
            realm.admin().put(path, provider.wanted());
        }
        steps.forEach(step -> step.write().run());
        terminal.result(changes.isEmpty() && steps.isEmpty() ? "Nothing to change" : "Done: realm " + realm.name());
    }

    private static JsonNode flows(Realm realm) {
        return realm.admin()
                .find(realm.path("authentication", "flows"))
                .orElseThrow(() -> new RefusedException("--realm", "the server has no realm " + realm.name()));
    }

    private static void check(Provider provider, JsonNode flows) {
        for (String name : List.of("firstBrokerLoginFlowAlias", "postBrokerLoginFlowAlias")) {
            String alias = provider.wanted().path(name).asText();
            boolean isThere = alias.isEmpty()
                    || StreamSupport.stream(flows.spliterator(), false)
                            .anyMatch(flow -> flow.path("alias").asText().equals(alias));
            if (!isThere) {
                throw new RefusedException(
                        "--realm", "the realm has no flow \"" + alias + "\"; the command apply brings it");
            }
        }
    }

    private static String issuer(Realm realm) {
        return realm.admin()
                .open(AdminPath.ofRealm(realm.name(), ".well-known", "openid-configuration"))
                .path("issuer")
                .asText();
    }
}
