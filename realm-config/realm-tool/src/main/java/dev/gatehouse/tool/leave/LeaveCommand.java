// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.leave;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.Admin;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.admin.ServerOptions;
import dev.gatehouse.tool.change.Changes;
import dev.gatehouse.tool.change.Consent;
import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes a realm independent of the jar. */
@Command(
        name = "leave",
        description = {
            "Makes a realm independent of gatehouse.jar, so that the jar can be removed. Shows what it will do, asks, and"
                    + " writes.",
            "",
            "The realm, its clients and its identity providers are bound to the server's own flows first; then flows,"
                    + " mappers, policy executors, listeners, themes and attributes of the pack go. People, their credentials"
                    + " and their sessions stay, as do clients, scopes, roles and identity providers.",
            "",
            "Access tokens lose the claim client_id, which functions that keep to RFC 9068 ask for (azp says the same). A"
                    + " client whose tokens need it gets a mapper \"Hardcoded claim\" of its own: claim client_id, its client"
                    + " id as the value, in the access token.",
            ""
        })
public final class LeaveCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Consent consent = new Consent();

    /** @param terminal the operator's side */
    public LeaveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Admin admin = server.open(terminal)) {
            Realm realm = new Realm(admin, server.realm());
            JsonNode before = admin.find(realm.path())
                    .orElseThrow(() -> new RefusedException("--realm", "the server has no realm " + realm.name()));
            Changes changes = Leaving.of(realm);
            if (!changes.empty()) {
                warnings(before).forEach(line -> terminal.progress("warning: " + line));
            }
            if (consent.given(changes, realm.name(), terminal)) {
                changes.run(terminal);
                check(realm);
                terminal.result("Done: realm " + realm.name() + " needs gatehouse.jar no more");
            }
            return 0;
        }
    }

    private static void check(Realm realm) {
        List<String> left = Traces.in(Leaving.export(realm));
        if (!left.isEmpty()) {
            throw new RefusedException(left.stream()
                    .map(trace -> Problem.of("still there: " + trace))
                    .toList());
        }
    }

    /** What the realm is without, and who cannot sign in any more. */
    private static List<String> warnings(JsonNode realm) {
        List<String> warnings = new ArrayList<>();
        warnings.add("guesses, registrations and mails are no longer limited by name and address"
                + (realm.path("bruteForceProtected").asBoolean()
                        ? "; only the realm's brute force detection is left"
                        : ", and the realm's brute force detection is off"));
        warnings.add("who has no password cannot sign in by a mailed link any more"
                + (realm.path("resetPasswordAllowed").asBoolean()
                        ? "; \"forgot password\" is on and gives them one"
                        : "; switch \"forgot password\" on to let them have one"));
        warnings.add(
                "who proves by mail, at a first sign-in by an identity provider, that an account is theirs is no longer asked for its"
                        + " second factor");
        warnings.add(
                "access tokens have no claim client_id any more, and those of clients that are made later are typed JWT");
        return warnings;
    }
}
