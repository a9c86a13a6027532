// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.tool.admin.Admin;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.admin.ServerOptions;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rotates the key that signs tokens. */
@Command(
        name = "rotate-keys",
        description = {
            "Gives the realm a new signing key without a refused token, in steps; each refuses to be taken too early, and can"
                    + " be repeated. How far it has come stands on the server, whose clock counts.",
            "",
            "start    publishes a new key, which does not sign yet",
            "promote  lets it sign, an hour later at the earliest: when every verifier has fetched it",
            "retire   makes the old key passive, when all tokens that it signed have ended; run again, it removes it, when all"
                    + " sessions with such a token have ended",
            "status   shows the keys, and what may come next",
            ""
        })
public final class RotateKeysCommand implements Callable<Integer> {

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(m|h|d)");

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "STEP", description = "One of start, promote, retire, status.")
    private String step = "";

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "RS256 or ES256: which key is to be rotated (default: the one that the realm signs with).")
    private @Nullable Algorithm algorithm;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "1h",
            description =
                    "How long a new key is published before it signs, as a number and m, h or d. It must not be shorter"
                            + " than verifiers keep keys: those of the pack 5 minutes unless refreshKeysAfter says more, gateways of"
                            + " clouds up to an hour (default and least: ${DEFAULT-VALUE}).")
    private String wait = "";

    /** @param terminal the operator's side */
    public RotateKeysCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!List.of("start", "promote", "retire", "status").contains(step)) {
            throw new RefusedException("STEP", "is \"" + step + "\" but must be start, promote, retire or status");
        }
        Duration given = time();
        try (Admin admin = server.open(terminal)) {
            Realm realm = new Realm(admin, server.realm());
            if (admin.find(realm.path()).isEmpty()) {
                throw new RefusedException("--realm", "the server has no realm " + realm.name());
            }
            KeyStore store = new KeyStore(realm);
            Rotation rotation = new Rotation(store, algorithm(store), new Timetable(given, store.lives()));
            lines(rotation).forEach(terminal::result);
            return 0;
        }
    }

    private List<String> lines(Rotation rotation) {
        return switch (step) {
            case "start" -> List.of(rotation.start());
            case "promote" -> List.of(rotation.promote());
            case "retire" -> rotation.retire();
            default -> rotation.status();
        };
    }

    private Algorithm algorithm(KeyStore store) {
        if (algorithm != null) {
            return algorithm;
        }
        String name = store.defaultAlgorithm();
        for (Algorithm known : Algorithm.values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        throw new RefusedException(
                "--algorithm", "the realm signs with " + name + "; the tool rotates RS256 and ES256");
    }

    private Duration time() {
        Matcher matcher = TIME.matcher(wait);
        if (!matcher.matches()) {
            throw new RefusedException("--wait", "must be a number and m, h or d, such as 90m");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration given =
                switch (matcher.group(2)) {
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
        if (given.compareTo(Timetable.LEAST_WAIT) < 0) {
            throw new RefusedException(
                    "--wait", "must be 1h at least: a verifier that has not fetched the new key refuses its tokens");
        }
        return given;
    }
}
