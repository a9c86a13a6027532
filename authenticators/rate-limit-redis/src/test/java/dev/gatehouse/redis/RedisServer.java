// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Redis of a test's own, on a free port of this machine. It keeps nothing when it stops. */
public final class RedisServer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final int port;
    private final List<String> command;
    private Process process;

    private RedisServer(int port, List<String> command) {
        this.port = port;
        this.command = command;
        this.process = launch();
    }

    /** Where it is installed, if it is. */
    public static Optional<Path> executable() {
        return Stream.of("/usr/bin/redis-server", "/usr/local/bin/redis-server")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one with {@code options} of its command line. */
    public static RedisServer start(String... options) {
        int port = freePort();
        return start(port, "--port", Integer.toString(port), options);
    }

    /** Starts one that talks nothing but TLS. */
    static RedisServer startWithTls(String... options) {
        int port = freePort();
        return start(port, "--tls-port", Integer.toString(port), options);
    }

    private static RedisServer start(int port, String portOption, String portText, String... options) {
        List<String> command =
                new ArrayList<>(List.of(executable().orElseThrow().toString()));
        if (!portOption.equals("--port")) {
            command.addAll(List.of("--port", "0"));
        }
        command.addAll(List.of(portOption, portText, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        command.addAll(List.of(options));
        return new RedisServer(port, command);
    }

    public int port() {
        return port;
    }

    /** Its address, as the option {@code url} takes it. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Sends a command in clear, and gives the first line of the answer. */
    public String command(String... words) {
        return answer(0, words);
    }

    /** What is in the first place of an answer that is a list of texts. */
    String firstOf(String... words) {
        return answer(2, words);
    }

    private String answer(int line, String... words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_SECONDS * 1000);
            StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                request.append('$')
                        .append(word.length())
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (int i = 0; i < line; i++) {
                answer.readLine();
            }
            return String.valueOf(answer.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It still has its connections and takes new ones, but does nothing any more. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    public void stop() {
        // What is frozen does not hear that it shall end.
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again after a {@link #stop}, at the same address and without what it held. */
    public void startAgain() {
        process = launch();
    }

    @Override
    public void close() {
        stop();
    }

    private Process launch() {
        try {
            Process launched = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            Path.of("target", "redis-server.log").toFile()))
                    .start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!listens()) {
                if (System.nanoTime() > end || !launched.isAlive()) {
                    launched.destroyForcibly();
                    throw new IllegalStateException("Redis does not start; see target/redis-server.log");
                }
                Thread.sleep(20);
            }
            return launched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
