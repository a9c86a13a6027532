// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Parameters(paramLabel = "KIND", description = "One of google, github, microsoft, oidc.")
    private String kind = "";

    @Option(
            names = "--as",
            paramLabel = "ALIAS",
            description = "Its name in the realm, for a further one of the kind oidc.")
    private @Nullable String as;

    @Option(names = "--client-id", paramLabel = "ID", description = "Whom the provider knows the realm as.")
    private @Nullable String clientId;

    @ArgGroup
    private @Nullable SecretOptions secret;

    @Option(
            names = "--replace-secret",
            description =
                    "Put the secret in the place of the one that is there. No server tells what it has, so without this"
                            + " a second run leaves it.")
    private boolean replaceSecret;

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "Of the kind oidc: its issuer, whose discovery is read by the server.")
    private @Nullable String issuer;

    @Option(
            names = "--tenant",
            paramLabel = "ID",
            description = "Of microsoft: the only tenant whose people may come (default: all).")
    private @Nullable String tenant;

    @Option(names = "--display-name", paramLabel = "TEXT", description = "What stands on its button.")
    private @Nullable String displayName;

    @Option(
            names = "--trust-email",
            negatable = true,
            description =
                    "Take addresses from it as proven. Only google's are by default; a provider that does not prove"
                            + " them could sign its people in to anybody's account.")
    private @Nullable Boolean trustEmail;

    @Option(
            names = "--map-role",
            paramLabel = "VALUE=ROLE",
            description = "Of the kind oidc: who has VALUE in the claim has the realm's ROLE; may be given again.")
    private Map<String, String> roles = new LinkedHashMap<>();

    @Option(
            names = "--role-claim",
            paramLabel = "NAME",
            defaultValue = "roles",
            description = "The claim that --map-role is about (default: ${DEFAULT-VALUE}).")
    private String roleClaim = "";

    @Option(names = "--disable", description = "Switch it off, and change nothing else.")
    private boolean disable;

    /** One of the two. */
    private static final class SecretOptions {

        @Option(
                names = "--secret-file",
                paramLabel = "FILE",
                description = "File whose first line is the secret, - for standard input.")
        private @Nullable String file;

        @Option(
                names = "--secret-vault",
                paramLabel = "KEY",
                description = "Key of the secret in the server's vault. Keycloak's file vault reads it from the file"
                        + " REALM_KEY, with every underscore of either doubled.")
        private @Nullable String vault;
    }

    /** @param terminal the operator's side */
    public EnableBrokerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Kind wanted = kind();
        String alias = alias(wanted);
        Optional<String> given = secret();
        try (Admin admin = server.open(terminal)) {
            Realm realm = new Realm(admin, server.realm());
            JsonNode flows = flows(realm);
            Mappers mappers = new Mappers(realm, alias);
            mappers.checkRoles(roles);
            AdminPath path = realm.path("identity-provider", "instances", alias);
            Optional<JsonNode> before = admin.find(path);
            if (disable && before.isEmpty()) {
                throw new RefusedException("KIND", "the realm has no identity provider " + alias);
            }
            Provider provider = provider(before, wish(wanted, alias, given, realm), given);
            check(provider, flows);
            write(
                    realm,
                    path,
                    provider,
                    disable ? List.of() : mappers.steps(wanted, roles, roleClaim, before.isEmpty()));
            if (!disable) {
                terminal.result("Redirect URI to register with the provider: " + issuer(realm) + "/broker/" + alias
                        + "/endpoint");
            }
            return 0;
        }
    }

    private Provider provider(Optional<JsonNode> before, Wish wish, Optional<String> given) {
        Provider provider = Provider.of(before, wish);
        if (provider.keepsSecret() && replaceSecret && given.isPresent()) {
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

    private Wish wish(Kind wanted, String alias, Optional<String> given, Realm realm) {
        return new Wish(
                wanted,
                alias,
                !disable,
                Wish.of(clientId),
                given,
                Wish.of(tenant),
                Optional.ofNullable(trustEmail),
                Wish.of(displayName),
                issuer == null || disable ? Map.of() : Discovery.of(realm, issuer));
    }

    private Kind kind() {
        for (Kind known : Kind.values()) {
            if (known.id().equals(kind)) {
                return known;
            }
        }
        throw new RefusedException("KIND", "is \"" + kind + "\" but must be google, github, microsoft or oidc");
    }

    private String alias(Kind wanted) {
        if (wanted != Kind.OIDC && (as != null || issuer != null || !roles.isEmpty())) {
            throw new RefusedException("KIND", "--as, --issuer and --map-role are for the kind oidc only");
        }
        if (wanted != Kind.MICROSOFT && tenant != null) {
            throw new RefusedException("--tenant", "is for microsoft only");
        }
        String alias = as == null ? wanted.id() : as;
        if (!alias.matches("[a-z0-9]([a-z0-9-]{0,62})")) {
            throw new RefusedException("--as", "stands in the redirect URI; use small letters, digits and hyphens");
        }
        return alias;
    }

    private Optional<String> secret() {
        SecretOptions options = secret;
        if (options == null || disable) {
            return Optional.empty();
        }
        if (options.vault == null) {
            return Optional.of(
                    ServerOptions.secret(terminal, options.file, "GATEHOUSE_BROKER_CLIENT_SECRET", "Client secret"));
        }
        if (!options.vault.matches("[A-Za-z0-9_.-]+")) {
            throw new RefusedException("--secret-vault", "use letters, digits, dots, hyphens and underscores only");
        }
        return Optional.of("${vault." + options.vault + "}");
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
