// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.realm.RealmFiles;
import dev.gatehouse.realm.TokenContract;
import dev.gatehouse.tool.admin.Admin;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Login;
import dev.gatehouse.tool.admin.ServerOptions;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import dev.gatehouse.tool.validate.TokenCheck.Published;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what is wrong with a realm. */
@Command(
        name = "validate",
        description = {
            "Says what is wrong with a realm, a line a problem: its severity, what was looked at, the JSON path, what would"
                    + " be right, and the rule. Writes nothing.",
            "",
            "Without --server it looks at the file alone. With it, the file is compared with what the server can do, and"
                    + " the running realm is held to the same rules.",
            ""
        })
public final class ValidateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--file", paramLabel = "FILE", description = "The realm's file (default: the realm of this build).")
    private @Nullable Path file;

    @Option(names = "--offline", description = "Ask no server; the default without --server.")
    private boolean offline;

    @Option(names = "--strict", description = "Count warnings as errors.")
    private boolean strict;

    @ArgGroup(exclusive = false, heading = "With a server:%n")
    private @Nullable ServerOptions server;

    @ArgGroup(heading = "A token against the contract of the realm of this build:%n")
    private @Nullable TokenOptions token;

    @Spec
    private @Nullable CommandSpec spec;

    /** Where the token comes from. */
    private static final class TokenOptions {

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "File whose first line is an access token, - for standard input.")
        private @Nullable String file;

        @ArgGroup(exclusive = false)
        private @Nullable TokenClient client;
    }

    /** Who gets one. */
    private static final class TokenClient {

        @Option(
                names = "--token-client",
                paramLabel = "ID",
                required = true,
                description = "A confidential client of the realm, that gets a token by its own credentials.")
        private String id = "";

        @Option(
                names = "--token-client-secret-file",
                paramLabel = "FILE",
                description = "File whose first line is its secret, - for standard input. Without it the environment"
                        + " variable GATEHOUSE_TOKEN_CLIENT_SECRET, or a question at the console.")
        private @Nullable String secretFile;
    }

    /** @param terminal the operator's side */
    public ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ServerOptions given = server;
        if (offline && given != null) {
            throw usage("--offline and --server exclude each other");
        }
        if (given == null && token != null && token.client != null) {
            throw usage("--token-client needs --server");
        }
        Report report = new Report(terminal, strict);
        if (given == null) {
            checkFile(report, Known.byDeclaration(Declared.byThePack()));
            token(report, null, null);
        } else {
            try (Admin admin = given.open(terminal)) {
                terminal.progress("Asking the server what it can do");
                Known known = Known.byServer(admin.get(AdminPath.of("serverinfo")));
                checkFile(report, known);
                checkRealm(report, admin, given.realm(), known);
                token(report, given, admin);
            }
        }
        return report.end();
    }

    private void checkFile(Report report, Known known) {
        Path named = file;
        String name = named == null ? RealmFiles.IMPORT : named.toString();
        terminal.progress("Checking the file " + name);
        JsonNode realm = named == null ? RealmFiles.read(RealmFiles.IMPORT) : RealmText.parse(name, text(named));
        Subject subject = Subject.ofFile(realm, terminal::environment, known, Declared.byThePack());
        report.add("file", Rules.check(subject));
        TreeSet<String> needed = subject.realm()
                .all()
                .filter(place -> place.node().isTextual())
                .flatMap(place -> Placeholders.in(place.node().asText()).stream())
                .map(left -> String.join(" or ", left.names()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!needed.isEmpty()) {
            terminal.progress("To import it, the server's environment must have " + String.join(", ", needed));
        }
    }

    private void checkRealm(Report report, Admin admin, String name, Known known) {
        terminal.progress("Checking the realm " + name);
        Optional<JsonNode> realm = RunningRealm.export(admin, name);
        if (realm.isEmpty()) {
            terminal.progress("The server has no realm " + name + "; only the file was checked");
            return;
        }
        report.add("realm", Rules.check(Subject.ofServer(realm.get(), known, Declared.byThePack())));
    }

    private void token(Report report, @Nullable ServerOptions given, @Nullable Admin admin) {
        TokenOptions options = token;
        if (options == null) {
            return;
        }
        terminal.progress("Checking a token");
        TokenClient client = options.client;
        String text = client == null || given == null
                ? ServerOptions.secret(terminal, options.file, "GATEHOUSE_TOKEN", "Token")
                : minted(given, client);
        Optional<Published> published =
                given == null || admin == null ? Optional.empty() : Optional.of(Published.by(admin, given.realm()));
        report.add("token", TokenCheck.of(text.trim(), TokenContract.ofShippedRealm(), published));
    }

    private String minted(ServerOptions given, TokenClient client) {
        String secret = ServerOptions.secret(
                terminal, client.secretFile, "GATEHOUSE_TOKEN_CLIENT_SECRET", "Secret of " + client.id);
        try (Admin itself = given.open(Login.ofClient(given.realm(), client.id, secret))) {
            return itself.newToken();
        }
    }

    private ParameterException usage(String sentence) {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException(sentence);
        }
        return new ParameterException(known.commandLine(), sentence);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new RefusedException(
                    file.toString(), "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
