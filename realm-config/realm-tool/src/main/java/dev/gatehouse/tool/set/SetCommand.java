// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.gatehouse.core.settings.Declarations;
import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.tool.admin.Admin;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.admin.ServerOptions;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets the pack's realm attributes. */
@Command(
        name = "set",
        description = {
            "Sets realm attributes of the pack, which take effect at once. A value that the pack would not accept is"
                    + " refused before anything is written. Nothing but attributes is written, and nothing at all if all"
                    + " are as they are wanted.",
            ""
        })
public final class SetCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "What to set, such as gatehouse.limits.mode=observe.")
    private List<String> pairs = new ArrayList<>();

    @Option(names = "--unset", paramLabel = "KEY", description = "Goes back to the default; may be given again.")
    private List<String> unset = new ArrayList<>();

    @Option(names = "--list", description = "Show every setting with its value and what it does.")
    private boolean list;

    /** @param terminal the operator's side */
    public SetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Setting<?>> declared = Declarations.allRealmSettings(SetCommand.class.getClassLoader());
        if (!list && pairs.isEmpty() && unset.isEmpty()) {
            throw new RefusedException("nothing to set: give KEY=VALUE, --unset KEY or --list");
        }
        Wanted wanted = Wanted.of(pairs, unset, declared);
        try (Admin admin = server.open(terminal)) {
            Realm realm = new Realm(admin, server.realm());
            Attributes attributes = Attributes.of(realm);
            List<String> changes = attributes.changes(wanted);
            changes.forEach(terminal::result);
            if (!changes.isEmpty()) {
                attributes.write(wanted);
                check(realm, wanted);
                terminal.result("Done: realm " + realm.name());
            } else if (!list) {
                terminal.result("Nothing to change");
            }
            if (list) {
                show(declared, Attributes.of(realm));
            }
            return 0;
        }
    }

    private static void check(Realm realm, Wanted wanted) {
        if (!Attributes.of(realm).changes(wanted).isEmpty()) {
            throw new RefusedException(
                    "the server did not keep what was written; somebody else may be changing the realm");
        }
    }

    private void show(List<Setting<?>> declared, Attributes attributes) {
        Settings settings = Settings.read(declared, key -> attributes.value(key).orElse(null));
        for (Setting<?> setting : declared) {
            Optional<Settings.Problem> problem = settings.problems().stream()
                    .filter(found -> found.key().equals(setting.key()))
                    .findFirst();
            String value = attributes
                    .value(setting.key())
                    .filter(text -> !text.isBlank())
                    .orElse(setting.defaultText() + " (default)");
            terminal.result(setting.key() + " = " + value
                    + problem.map(found -> " (not accepted: must be " + found.range() + ")")
                            .orElse("")
                    + " | " + setting.help());
        }
    }
}
