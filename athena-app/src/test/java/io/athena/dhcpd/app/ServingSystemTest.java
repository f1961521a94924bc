package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One running server, seen through everything it offers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServingSystemTest {

    private static final String RESERVATION = """
            [[subnet.reservation]]
            mac = "02:00:00:00:00:04"
            ip = "192.0.2.7"

            """;

    private Path folder;

    private int port;
    private int webPort;
    private Path config;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given;
        port = FreePorts.any();
        webPort = FreePorts.any();
        config = ServerProcess.config(folder, port, api());
        server = ServerProcess.serving(config);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aLeaseIsListedThroughTheControlSocketAsSoonAsItIsGranted() {
        Console probe = Console.takeLease(port, "02:00:00:00:00:01");
        assertThat(probe.exitCode()).as(probe.toString()).isZero();

        Console listed =
                Console.run("leases", "--config", config.toString(), "--mac", "02-00-00-00-00-01", "--format", "csv");

        assertThat(listed.exitCode()).as(listed.err()).isZero();
        assertThat(listed.out().lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("192.0.2.1")
                .contains(",02:00:00:00:00:01,", ",192.0.2.0/24,active,");
    }

    @Test
    void theServerSaysHowItIsDoing() {
        Console status = Console.run("status", "--config", config.toString());

        assertThat(status.exitCode()).as(status.toString()).isZero();
        assertThat(status.out()).contains("process " + server.pid(), "journal: writable");
        assertThat(folder.resolve("server.pid")).hasContent(Long.toString(server.pid()));
    }

    @Test
    @Timeout(300)
    void metricsShowWhatClientsDid() throws Exception {
        server.await("Metrics and health are at");
        Console.takeLease(port, "02:00:00:00:00:02");

        // The lanes tell how many leases there are now and then.
        Pattern active = Pattern.compile("athena_dhcpd_leases\\{state=\"active\"} [1-9]");
        while (!active.matcher(get("/metrics")).find()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(get("/metrics"))
                .containsPattern("athena_dhcpd_packets_received_total\\{type=\"discover\"} [1-9]")
                .containsPattern("athena_dhcpd_packets_sent_total\\{type=\"ack\"} [1-9]")
                .containsPattern("athena_dhcpd_journal_batches_total [1-9]");
        assertThat(get("/actuator/health")).contains("\"status\":\"UP\"");
    }

    @Test
    void aFileWithErrorsChangesNothingAndAGoodOneIsTakenOver() throws Exception {
        String good = Files.readString(config);
        Files.writeString(config, good + "\n[defaults]\ncolour = 3\n");
        server.signal("HUP");
        assertThat(server.await("was not taken over")).contains("ERROR");
        server.await("defaults.colour");
        assertThat(Console.takeLease(port, "02:00:00:00:00:03").exitCode()).isZero();

        Files.writeString(config, good.replace("[[subnet.pool]]", RESERVATION + "[[subnet.pool]]"));
        server.signal("HUP");
        server.await("config.toml was taken over");

        assertThat(Console.takeLease(port, "02:00:00:00:00:04").out()).contains("192.0.2.7");
    }

    @Test
    void anImportGoesThroughTheRunningServerAndCannotTakeAnothersAddress() throws Exception {
        Console.takeLease(port, "02:00:00:00:00:05");
        String taken = Console.run(
                        "leases", "--config", config.toString(), "--mac", "02:00:00:00:00:05", "--format", "csv")
                .out()
                .lines()
                .toList()
                .get(1)
                .split(",")[0];
        Path csv = Files.writeString(
                folder.resolve("import.csv"),
                "ip,mac,expiry\n192.0.2.190,02:00:00:00:00:06,4294967295\n" + taken
                        + ",02:00:00:00:00:07,4294967295\n");

        Console imported = Console.run("leases", "import", "--config", config.toString(), csv.toString());

        assertThat(imported.exitCode()).as(imported.toString()).isEqualTo(1);
        assertThat(imported.out()).startsWith("1 imported, 1 refused");
        assertThat(imported.err()).contains("line 3: " + taken);
        assertThat(Console.takeLease(port, "02:00:00:00:00:06").out()).contains("192.0.2.190");
    }

    @Test
    void aSecondServerOnTheSameStoreIsToldWhoHoldsIt() throws Exception {
        try (ServerProcess second = ServerProcess.start("--config", config.toString())) {
            assertThat(second.await("is in use by")).contains(Long.toString(server.pid()));
            assertThat(second.exitCode()).isEqualTo(ExitCode.STORE);
        }
        assertThat(Console.takeLease(port, "02:00:00:00:00:08").exitCode()).isZero();
    }

    private String api() {
        return "[api]\nlisten = \"127.0.0.1:" + webPort + "\"\n";
    }

    private String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + path))
                .timeout(Duration.ofSeconds(90))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
