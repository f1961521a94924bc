package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.store.FileEventLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks and the log of events in the server as it is started. */
@Timeout(300)
class HooksSystemTest {

    private static final String MAC = "02:00:00:00:00:01";

    private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    private HttpServer target;

    @BeforeEach
    void listen() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            String event = exchange.getRequestHeaders().getFirst("X-Athena-Event");
            posted.add(event + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        target.start();
    }

    @AfterEach
    void close() {
        target.stop(0);
    }

    @Test
    void aLeaseReachesScriptWebhookAndLogAndAReloadSwapsTheHooks() throws Exception {
        int port = FreePorts.any();
        Path told = folder.resolve("told");
        String hooks = hook("first", told);
        try (ServerProcess server = ServerProcess.serving(ServerProcess.config(folder, port, hooks))) {
            Console probe = Console.takeLease(port, MAC);
            assertThat(probe.exitCode()).as(probe.toString()).isZero();
            assertThat(posted.poll(90, TimeUnit.SECONDS))
                    .startsWith("lease.ack {\"event\":\"lease.ack\"")
                    .contains("\"mac\":\"" + MAC + "\"", "\"ha_role\":\"standalone\"");
            awaitLine(told, "first lease.ack " + MAC);
            Console tried = Console.run("hooks", "test", "first", "--config", folder + "/config.toml");
            assertThat(tried.exitCode()).as(tried.toString()).isZero();
            awaitLine(told, "first lease.ack 00:00:5e:00:53:01");
            assertThat(Console.run("hooks", "list", "--config", folder + "/config.toml")
                            .out())
                    .contains("first", "inventory", "webhook");
            assertThat(Console.run("hooks", "test", "none", "--config", folder + "/config.toml"))
                    .returns(1, Console::exitCode)
                    .satisfies(none -> assertThat(none.err()).contains("there is no hook 'none'"));
            awaitEvent(MAC);

            ServerProcess.config(folder, port, hook("second", told));
            server.signal("HUP");
            server.await("was taken over");
            Console.takeLease(port, "02:00:00:00:00:02");
            awaitLine(told, "second lease.ack 02:00:00:00:00:02");
            // A client that was slow to hear its ACK has asked again, and its hooks have run again.
            String next = posted.take();
            while (next.contains(MAC)) {
                next = posted.take();
            }
            assertThat(next).contains("02:00:00:00:00:02");

            server.signal("TERM");
            assertThat(server.exitCode()).isZero();
        }
        assertThat(Files.readAllLines(told)).doesNotContain("first lease.ack 02:00:00:00:00:02");
        assertThat(logged())
                .anyMatch(json -> json.contains("\"lease.discover\"") && json.contains(MAC))
                .anyMatch(json -> json.contains("\"lease.offer\"") && json.contains(MAC))
                .anyMatch(json -> json.contains("\"lease.ack\"") && json.contains("02:00:00:00:00:02"));
    }

    @Test
    void aScriptThatHangsDelaysNeitherLeasesNorTheStop() throws Exception {
        int port = FreePorts.any();
        Path told = folder.resolve("told");
        String config = script("hanging", "echo started >> '" + told + "'; sleep 600", "lease.*", "10m");
        try (ServerProcess server = ServerProcess.serving(ServerProcess.config(folder, port, config))) {
            Console.takeLease(port, MAC);
            awaitLine(told, "started");
            Console probe = Console.takeLease(port, "02:00:00:00:00:02");
            assertThat(probe.exitCode()).as(probe.toString()).isZero();
            server.signal("TERM");
            assertThat(server.exitCode()).isZero();
            assertThat(server.await("killed because the server stops")).contains("hook=\"hanging\"");
            assertThat(server.count("Stopping took longer")).isZero();
        }
    }

    private String hook(String name, Path told) throws IOException {
        return script(name, "echo \"" + name + " $ATHENA_EVENT $ATHENA_MAC\" >> '" + told + "'", "lease.ack", "10s")
                + """
                [[hooks.webhook]]
                name = "inventory"
                events = ["lease.ack"]
                url = "http://127.0.0.1:%d/events"
                """.formatted(target.getAddress().getPort());
    }

    private String script(String name, String body, String events, String timeout) throws IOException {
        Path file = folder.resolve(name + ".sh");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return """
                [api]
                enabled = false
                [[hooks.script]]
                name = "%s"
                events = ["%s"]
                command = "%s"
                timeout = "%s"
                """.formatted(name, events, file, timeout);
    }

    private List<String> logged() throws IOException {
        try (FileEventLog log = FileEventLog.open(folder.resolve("store"), 1000)) {
            return log.newest(1000, EnumSet.allOf(EventType.class), Long.MAX_VALUE).stream()
                    .map(EventLog.Kept::entry)
                    .map(entry -> new String(entry.json(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    /** The log is written within seconds. */
    private void awaitEvent(String mac) throws InterruptedException {
        Console events;
        do {
            TimeUnit.MILLISECONDS.sleep(50);
            events = Console.run("events", "--type", "lease.ack", "--config", folder + "/config.toml");
            assertThat(events.exitCode()).as(events.toString()).isZero();
        } while (!events.out().contains(mac));
    }

    private static void awaitLine(Path file, String line) throws Exception {
        while (!Files.exists(file) || !Files.readAllLines(file).contains(line)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
