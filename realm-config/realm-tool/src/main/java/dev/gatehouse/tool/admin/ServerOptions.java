// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that every command with a server has. No secret is ever an argument: others on the machine can read those. */
public final class ServerOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            required = true,
            description = "Address of the server, such as https://id.example.org; plain http only to this machine.")
    private String server = "";

    @Option(
            names = "--realm",
            paramLabel = "NAME",
            description = "The realm (default: gatehouse, or what a file says).")
    private @Nullable String realm;

    @Option(
            names = "--admin-realm",
            paramLabel = "NAME",
            defaultValue = "master",
            description = "The realm in which the administrator is (default: ${DEFAULT-VALUE}).")
    private String adminRealm = "";

    @ArgGroup(multiplicity = "1")
    private Who who = new Who();

    /** Exactly one of the two. */
    private static final class Who {
        @ArgGroup(exclusive = false)
        private @Nullable User user;

        @ArgGroup(exclusive = false)
        private @Nullable Client client;
    }

    private static final class User {
        @Option(names = "--user", paramLabel = "NAME", required = true, description = "Name of an administrator.")
        private String name = "";

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "File whose first line is the password, - for standard input. Without it the environment"
                        + " variable GATEHOUSE_ADMIN_PASSWORD, or a question at the console.")
        private @Nullable String file;
    }

    private static final class Client {
        @Option(
                names = "--client",
                paramLabel = "ID",
                required = true,
                description = "In place of --user: a confidential client with a service account.")
        private String id = "";

        @Option(
                names = "--client-secret-file",
                paramLabel = "FILE",
                description = "File whose first line is the client's secret, - for standard input. Without it the"
                        + " environment variable GATEHOUSE_ADMIN_CLIENT_SECRET, or a question at the console.")
        private @Nullable String file;
    }

    /** The realm that the command is about; never {@code master}, which the pack leaves alone. */
    public String realm() {
        return givenRealm().orElse("gatehouse");
    }

    /** The realm that the operator names; empty if it is left to the tool. */
    public Optional<String> givenRealm() {
        if ("master".equals(realm)) {
            throw new RefusedException("--realm", "the realm master is the server's own; the tool does not touch it");
        }
        return Optional.ofNullable(realm);
    }

    /** The server's API, for the administrator that the options name. */
    public Admin open(Terminal terminal) {
        return Admin.of(address(), login(terminal), InstantSource.system());
    }

    /** The same server's API, for somebody else. */
    public Admin open(Login login) {
        return Admin.of(address(), login, InstantSource.system());
    }

    private Login login(Terminal terminal) {
        User user = who.user;
        if (user != null) {
            return Login.ofUser(
                    adminRealm, user.name, secret(terminal, user.file, "GATEHOUSE_ADMIN_PASSWORD", "Password"));
        }
        Client client = who.client;
        if (client != null) {
            return Login.ofClient(
                    adminRealm,
                    client.id,
                    secret(terminal, client.file, "GATEHOUSE_ADMIN_CLIENT_SECRET", "Client secret"));
        }
        throw new IllegalStateException("the command line asks for one of the two");
    }

    /**
     * A secret, from the first place that has one.
     *
     * @param file whose first line it is, {@code -} for standard input; without it the variable of the environment, or a
     *     question at the console
     * @param name what it is, for people
     * @throws RefusedException if there is none
     */
    public static String secret(Terminal terminal, @Nullable String file, String variable, String name) {
        Optional<String> secret = file == null
                ? terminal.environment(variable).or(() -> terminal.askSecret(name + ": "))
                : file.equals("-") ? terminal.readLine() : firstLine(Path.of(file));
        return secret.filter(text -> !text.isEmpty())
                .orElseThrow(() -> new RefusedException(
                        name + " missing: give a file, or set " + variable + " in the environment"));
    }

    private static Optional<String> firstLine(Path file) {
        try {
            return Files.readAllLines(file).stream().findFirst();
        } catch (IOException e) {
            throw new RefusedException(
                    file.toString(), "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** The address without a slash at the end; credentials must not cross a network in clear. */
    private URI address() {
        URI address;
        try {
            address = new URI(server.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new RefusedException("--server", "is no URL");
        }
        String scheme = address.getScheme();
        String host = address.getHost();
        if (host == null
                || scheme == null
                || !scheme.matches("https?")
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw new RefusedException("--server", "must be http or https, a host, and if need be a port and a path");
        }
        if (scheme.equals("http") && !Addresses.isLoopback(host)) {
            throw new RefusedException("--server", "must be https: a password would cross the network in clear");
        }
        return address;
    }
}
