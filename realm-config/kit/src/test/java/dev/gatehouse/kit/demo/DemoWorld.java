// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gatehouse.kit.mail.MailServer;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.Distribution;
import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;
import org.jspecify.annotations.Nullable;

/** Everything that the demo runs. Closing it ends all of it, the last started first, and wipes what Keycloak wrote. */
final class DemoWorld implements AutoCloseable {

    /** Where the realm expects the app, unless it is told. */
    private static final URI USUAL_APP = URI.create("http://127.0.0.1:8090");

    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final DemoSettings settings;
    private final Consumer<String> progress;
    private boolean keepsLog;

    private @Nullable AppSite app;
    private @Nullable InboxSite inbox;
    private @Nullable RunningServer keycloak;
    private @Nullable Samples function;
    private @Nullable DemoPerson person;

    /** Nothing runs yet. */
    DemoWorld(DemoSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Starts everything; what was started before a failure is ended by {@link #close}. */
    void start() throws DemoRefusal, StartFailure {
        DemoSettings ports = settings.withFreePorts();
        MailServer mails = MailServer.start(ports.smtp().number());
        endings.push(mails::close);
        AppSite appSite = AppSite.start(ports.app());
        endings.push(appSite::close);
        InboxSite inboxSite = InboxSite.start(ports.inbox(), mails);
        endings.push(inboxSite::close);

        Distribution distribution = Distribution.prepare(Build.target().resolve("demo"), progress);
        wipe(distribution.home());
        endings.push(() -> wipe(distribution.home()));
        RunningServer server = distribution.start(
                new ServerSettings(ports.keycloak().number(), variables(mails, appSite.url()), true, List.of()),
                progress);
        endings.push(() -> end(server));

        URI issuer = issuer(server);
        Samples sample = Samples.start(issuer, ports.function(), appSite.url());
        endings.push(sample::close);
        DemoPerson ada = DemoPerson.create(server);
        appSite.connect(issuer, sample.url(), inboxSite.url(), ada.address());

        app = appSite;
        inbox = inboxSite;
        keycloak = server;
        function = sample;
        person = ada;
    }

    /** What the realm takes from the environment. */
    private static Map<String, String> variables(MailServer mails, URI app) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "GATEHOUSE_SMTP_HOST", mails.host(),
                "GATEHOUSE_SMTP_PORT", String.valueOf(mails.port()),
                "GATEHOUSE_SMTP_FROM", "gatehouse@demo.example"));
        if (!app.equals(USUAL_APP)) {
            // With its defaults the client can be saved in the console, too: its policy wants loopback without a port.
            variables.put("GATEHOUSE_APP_URL", app.toString());
        }
        return variables;
    }

    /** What went wrong can be looked up afterwards: the server's log stays. */
    void keepLog() {
        keepsLog = true;
    }

    AppSite app() {
        return Objects.requireNonNull(app, "not started");
    }

    InboxSite inbox() {
        return Objects.requireNonNull(inbox, "not started");
    }

    RunningServer keycloak() {
        return Objects.requireNonNull(keycloak, "not started");
    }

    Samples function() {
        return Objects.requireNonNull(function, "not started");
    }

    DemoPerson person() {
        return Objects.requireNonNull(person, "not started");
    }

    URI issuer() {
        return issuer(keycloak());
    }

    @Override
    public void close() {
        // Ctrl-C arrives as an interruption; it must not hurry those that wait for their processes to end.
        boolean interrupted = Thread.interrupted();
        while (!endings.isEmpty()) {
            endings.pop().run();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(RunningServer server) {
        server.close();
        try {
            if (!keepsLog) {
                Files.deleteIfExists(server.log());
            }
        } catch (IOException e) {
            progress.accept("The server's log could not be deleted: " + server.log());
        }
    }

    /** The unpacked server stays for the next start; whatever it wrote while it ran goes. */
    private static void wipe(Path home) {
        Path data = home.resolve("data");
        if (!Files.isDirectory(data)) {
            return;
        }
        try (Stream<Path> entries = Files.list(data)) {
            for (Path entry : entries.toList()) {
                // The realm file belongs to the kit, not to the run.
                if (!entry.getFileName().toString().equals("import")) {
                    Distribution.delete(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot empty " + data, e);
        }
    }

    private static URI issuer(RunningServer server) {
        return URI.create(server.url() + "/realms/" + DemoPerson.REALM);
    }
}
