// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.admin.ServerOptions;
import dev.gatehouse.tool.file.VaultReference;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be said of an identity provider on the command line. */
final class BrokerOptions {

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

    /** The provider's kind; refuses options that are for another one. */
    Kind kind() {
        Kind wanted = Kind.of(kind);
        if (wanted != Kind.OIDC && (as != null || issuer != null || !roles.isEmpty())) {
            throw new RefusedException("KIND", "--as, --issuer and --map-role are for the kind oidc only");
        }
        if (wanted != Kind.MICROSOFT && tenant != null) {
            throw new RefusedException("--tenant", "is for microsoft only");
        }
        return wanted;
    }

    String alias() {
        String alias = as == null ? kind().id() : as;
        if (!alias.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new RefusedException("--as", "stands in the redirect URI; use small letters, digits and hyphens");
        }
        return alias;
    }

    /** A secret, or a reference to one; empty if none is given. */
    Optional<String> secret(Terminal terminal) {
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
        return Optional.of(VaultReference.to(options.vault));
    }

    Wish wish(Optional<String> given, Realm realm) {
        return new Wish(
                kind(),
                alias(),
                !disable,
                Wish.of(clientId),
                given,
                Wish.of(tenant),
                Optional.ofNullable(trustEmail),
                Wish.of(displayName),
                issuer == null || disable ? Map.of() : Discovery.of(realm, issuer));
    }

    boolean replacesSecret() {
        return replaceSecret;
    }

    boolean disables() {
        return disable;
    }

    /** Roles of the realm, by what somebody is called by the provider. */
    Map<String, String> roles() {
        return roles;
    }

    String roleClaim() {
        return roleClaim;
    }
}
