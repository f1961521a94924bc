package io.athena.dhcpd.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The real program in a JVM of its own, on loopback and a high port, with its store in a test's folder. */
final class ServerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    /** Whoever runs the tests in the background or under nohup ignores signals, and the server would inherit that. */
    private static final List<String> SIGNALS_AS_USUAL = List.of("env", "--default-signal=HUP,INT,TERM");

    private static final String NO_PROBES = "[conflict_detection]\nenabled = false\n";

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private ServerProcess(Process process) {
        this.process = process;
        reader = new Thread(this::readLog, "server-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the program; returns at once. */
    static ServerProcess start(String... arguments) throws IOException {
        return startUnder(List.of(), arguments);
    }

    /** Starts the program by a command that takes it as its last arguments; returns at once. */
    static ServerProcess startUnder(List<String> launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(SIGNALS_AS_USUAL);
        command.addAll(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-exports",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AthenaDhcpd.class.getName()));
        command.addAll(List.of(arguments));
        return new ServerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Starts a server and waits until it serves. */
    static ServerProcess serving(Path config) throws Exception {
        ServerProcess server = start("--config", config.toString());
        try {
            server.await("Server Serving");
            return server;
        } catch (InterruptedException | TimeoutException e) {
            server.close();
            throw e;
        }
    }

    /**
     * A configuration for clients of 192.0.2.0/24 behind a relay, with its store in {@code folder}. Nothing is probed
     * unless {@code more} says so: echo requests would leave the machine.
     */
    static Path config(Path folder, int port, String more) throws IOException {
        return Files.writeString(folder.resolve("config.toml"), """
                [server]
                interface = "lo"
                port = %d
                lease_db = "%s"
                pid_file = "%s"

                %s
                [[subnet]]
                network = "192.0.2.0/24"

                [[subnet.pool]]
                range_start = "192.0.2.100"
                range_end = "192.0.2.199"

                %s
                """.formatted(
                        port,
                        folder.resolve("store"),
                        folder.resolve("server.pid"),
                        more.contains("[conflict_detection]") ? "" : NO_PROBES,
                        more));
    }

    /** Waits for a line that contains the text, and returns it; lines of before the call count too. */
    synchronized String await(String text) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int seen = 0;
        while (true) {
            for (; seen < lines.size(); seen++) {
                if (lines.get(seen).contains(text)) {
                    return lines.get(seen);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (ended || left <= 0) {
                throw new TimeoutException("'" + text + "' was never logged:\n" + String.join("\n", lines));
            }
            wait(left);
        }
    }

    /** How often a text was logged so far. */
    synchronized long count(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    long pid() {
        return process.pid();
    }

    /** The exit status, when all that it logged is known; fails when the process goes on. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the process did not end");
        }
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        if (reader.isAlive()) {
            throw new AssertionError("the process ended, but somebody else holds its log open");
        }
        return process.exitValue();
    }

    /** Kills it; returns when it has ended, so that nothing writes into the test's folder any more. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void readLog() {
        try (BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (this) {
                lines.add("the log broke off: " + e);
            }
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }
}
