// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.report;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** The operator's side of the program: the two outputs, the input, the environment. */
public final class Terminal {

    private static final int LONGEST_LINE = 64 * 1024;

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final Map<String, String> environment;
    private final Supplier<@Nullable Console> console;

    /** With these instead of the process's own. */
    public Terminal(PrintStream out, PrintStream err, InputStream in, Map<String, String> environment) {
        this(out, err, in, environment, () -> null);
    }

    private Terminal(
            PrintStream out,
            PrintStream err,
            InputStream in,
            Map<String, String> environment,
            Supplier<@Nullable Console> console) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.environment = Map.copyOf(environment);
        this.console = console;
    }

    /** The process's own. */
    public static Terminal ofProcess() {
        return new Terminal(System.out, System.err, System.in, System.getenv(), System::console);
    }

    /** One line of what was asked for, on standard output. */
    public void result(String line) {
        out.println(printable(line));
    }

    /** One line about how it goes, on standard error. */
    public void progress(String line) {
        err.println(printable(line));
    }

    /** One line for a problem, on standard error. */
    public void problem(Problem problem) {
        err.println(printable("error: " + problem.line()));
    }

    /** A variable of the environment that is there and not empty. */
    public Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whether the answer to {@code question} is yes; anything else, and no answer, is no. */
    public boolean confirm(String question) {
        err.print(printable(question) + " [y/N] ");
        err.flush();
        String answer = readLine().orElse("").trim().toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    /** The next line of standard input; empty at its end. What follows the line stays to be read. */
    public Optional<String> readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            while (next >= 0 && next != '\n' && line.size() < LONGEST_LINE) {
                line.write(next);
                next = in.read();
            }
        } catch (IOException e) {
            throw new RefusedException("Cannot read standard input: " + e.getMessage());
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /** Asks for a secret without showing it; empty where nobody sits at a console. */
    public Optional<String> askSecret(String prompt) {
        Console asked = console.get();
        return asked == null
                ? Optional.empty()
                : Optional.ofNullable(asked.readPassword("%s", printable(prompt)))
                        .map(String::new);
    }

    /** The text with every control character spelled out, so that no foreign text steers the terminal. */
    static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            if (Character.isISOControl(letter) || Character.getType(letter) == Character.FORMAT) {
                safe.append(String.format("\\u%04x", letter));
            } else {
                safe.appendCodePoint(letter);
            }
        });
        return safe.toString();
    }
}
