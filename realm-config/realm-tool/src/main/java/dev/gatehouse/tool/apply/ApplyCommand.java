// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.Admin;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.admin.ServerOptions;
import dev.gatehouse.tool.change.Changes;
import dev.gatehouse.tool.change.Consent;
import dev.gatehouse.tool.file.JsonPath;
import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import dev.gatehouse.tool.validate.Structure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a realm as its file says. */
@Command(
        name = "apply",
        description = {
            "Makes a realm as a file says, or creates it. Shows what differs, asks, and writes.",
            "",
            "A value or a list of the file replaces the whole value or list; a map (attributes, a step's configuration)"
                    + " keeps entries that the file does not name; what the file does not name at all stays."
                    + " Placeholders $${GATEHOUSE_...} are filled from the environment; one that falls back on its default"
                    + " makes new things but changes nothing that is there.",
            "",
            "Never touched: people and their sessions, secrets of clients and identity providers, keys, whether a"
                    + " client or an identity provider that is there is switched on, where an identity provider is, and the"
                    + " server's own flows.",
            ""
        })
public final class ApplyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--file", paramLabel = "FILE", description = "The realm's file (default: the realm of this build).")
    private @Nullable Path file;

    @Mixin
    private Consent consent = new Consent();

    /** @param terminal the operator's side */
    public ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RealmFile wanted = RealmFile.read(file, terminal::environment);
        String name = server.givenRealm().or(wanted::realm).orElseGet(server::realm);
        if (name.equals("master")) {
            throw new RefusedException("$.realm", "the realm master is the server's own; the tool does not touch it");
        }
        try (Admin admin = server.open(terminal)) {
            Realm realm = new Realm(admin, name);
            known(admin, wanted);
            terminal.progress("Comparing realm " + name);
            boolean there = admin.find(realm.path()).isPresent();
            if (there) {
                scopes(realm, wanted);
            }
            Changes changes = there ? Plan.converge(realm, wanted) : Plan.create(realm, wanted);
            if (consent.given(changes, name, terminal)) {
                changes.run(terminal);
                check(realm, wanted, !there);
                terminal.result("Done: realm " + name + " is as the file says");
            }
            return 0;
        }
    }

    /** Compares again. What the request that makes a realm leaves open is done now; else nothing may be left. */
    private void check(Realm realm, RealmFile wanted, boolean made) {
        Changes rest = Plan.converge(realm, wanted);
        if (made && !rest.empty()) {
            rest.lines().forEach(terminal::progress);
            rest.run(terminal);
            rest = Plan.converge(realm, wanted);
        }
        if (!rest.empty()) {
            throw new RefusedException(rest.lines().stream()
                    .map(line -> Problem.of("the server keeps it otherwise: " + line))
                    .toList());
        }
    }

    /** A flow with a step that the server does not know would lock everybody out. */
    private static void known(Admin admin, RealmFile wanted) {
        List<Problem> problems = Structure.problems(wanted.tree(), admin.get(AdminPath.of("serverinfo")));
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
    }

    /** A client's scopes have to be in the realm or in the file; the server leaves out others without a word. */
    private static void scopes(Realm realm, RealmFile wanted) {
        Set<String> known = new HashSet<>();
        wanted.list("clientScopes")
                .forEach(scope -> known.add(scope.path("name").asText()));
        known.addAll(Scopes.ids(realm).keySet());
        List<Problem> problems = new ArrayList<>();
        List<JsonNode> clients = wanted.list("clients");
        for (int i = 0; i < clients.size(); i++) {
            for (String key : List.of("defaultClientScopes", "optionalClientScopes")) {
                JsonNode names = clients.get(i).path(key);
                for (int j = 0; j < names.size(); j++) {
                    if (!known.contains(names.get(j).asText())) {
                        problems.add(new Problem(
                                JsonPath.element("$.clients", i, clients.get(i)) + "." + key + "[" + j + "]",
                                "there is no client scope \"" + names.get(j).asText() + "\""));
                    }
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
    }
}
