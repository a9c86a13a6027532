// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a server wrote, read from where the last look ended. */
final class ServerLog {

    /** A line of ours that warns, and any line that reports an error. */
    private static final Pattern COMPLAINT =
            Pattern.compile("^\\S+ \\S+ (?:WARN +\\[dev\\.gatehouse|ERROR )|^ERROR:|^Exception in thread");

    private static final Pattern STACK_TRACE = Pattern.compile("^\\s+at [\\w.$/<>]+\\(|^Caused by: ");

    private final Path file;
    private long read;

    ServerLog(Path file) {
        this.file = file;
    }

    /** The lines that came since the last call. */
    synchronized List<String> fresh() {
        try {
            byte[] all = Files.readAllBytes(file);
            // What has no line end yet is read the next time.
            int end = all.length;
            while (end > read && all[end - 1] != '\n') {
                end--;
            }
            String text = new String(all, (int) read, (int) (end - read), StandardCharsets.UTF_8);
            read = end;
            return text.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the server's log " + file, e);
        }
    }

    /** The lines among {@code lines} that nobody allowed. */
    static List<String> complaints(List<String> lines, List<String> allowed) {
        List<Pattern> patterns = allowed.stream().map(Pattern::compile).toList();
        List<String> complaints = new ArrayList<>();
        boolean traceAllowed = false;
        for (String line : lines) {
            boolean expected =
                    patterns.stream().anyMatch(pattern -> pattern.matcher(line).find());
            if (STACK_TRACE.matcher(line).find()) {
                if (!traceAllowed && !expected) {
                    complaints.add(line);
                }
            } else if (COMPLAINT.matcher(line).find()) {
                traceAllowed = expected;
                if (!expected) {
                    complaints.add(line);
                }
            } else {
                traceAllowed = expected || (traceAllowed && !line.matches("^\\d{4}-\\d\\d-\\d\\d .*"));
            }
        }
        return complaints;
    }
}
