package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names in DNS from the server as it is started; lab/names.sh has the breadth. */
@Timeout(300)
class NamesSystemTest {

    private static final String NAME = "laptop.office.example.net";
    private static final String ADDRESS = "192.0.2.100";
    private static final String POINTER = "100.2.0.192.in-addr.arpa";

    @TempDir
    private Path folder;

    @Test
    void aNameComesWithItsLeaseAndGoesWithIt() throws Exception {
        int port = FreePorts.any();
        try (NameServerProcess dns = new NameServerProcess(Files.createDirectory(folder.resolve("dns")));
                ServerProcess server = ServerProcess.serving(ServerProcess.config(folder, port, dns.config()))) {
            probe(port);
            dns.awaits(NAME, "A", ADDRESS);
            dns.awaits(POINTER, "PTR", NAME + ".");
            assertThat(dns.dig(NAME, "DHCID")).isNotEmpty();
            awaitNothingToBeDone();
            assertThat(names("status")).contains("key-hmac-sha256");
            assertThat(names("list")).contains("(none)");
            assertThat(names("reconcile")).contains("1 leases compared, 0 differences");

            probe(port, "--release", ADDRESS);
            dns.awaits(NAME, "A", "");
            dns.awaits(NAME, "DHCID", "");
            dns.awaits(POINTER, "PTR", "");
            server.signal("TERM");
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void aNameThatWaitsForItsNameServerOutlivesAKill() throws Exception {
        int port = FreePorts.any();
        try (NameServerProcess dns = new NameServerProcess(Files.createDirectory(folder.resolve("dns")))) {
            Path config = ServerProcess.config(folder, port, dns.config());
            dns.kill();
            try (ServerProcess server = ServerProcess.serving(config)) {
                probe(port);
                server.await("Names wait for the name server");
                assertThat(names("status")).doesNotContain("updates to be done: 0");
                assertThat(names("list")).contains(ADDRESS, "pending", NAME);
                server.signal("KILL");
                server.exitCode();
            }
            dns.startAgain();
            assertThat(dns.dig(NAME, "A")).isEmpty();
            try (ServerProcess again = ServerProcess.serving(config)) {
                dns.awaits(NAME, "A", ADDRESS);
                dns.awaits(POINTER, "PTR", NAME + ".");
                again.signal("TERM");
                assertThat(again.exitCode()).isZero();
            }
        }
    }

    /** The name server has a record a moment before the server hears that it has. */
    private void awaitNothingToBeDone() throws InterruptedException {
        while (!names("status").contains("updates to be done: 0")) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void probe(int port, String... more) {
        String[] client = {
            "probe",
            "--server",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--client-port",
            "0",
            "--timeout",
            "5",
            "--tries",
            "12",
            "--relay",
            "127.0.0.2",
            "--link",
            "192.0.2.0",
            "--option",
            "hostname=Laptop"
        };
        String[] all = Stream.concat(Arrays.stream(client), Arrays.stream(more)).toArray(String[]::new);
        Console probe = Console.run(all);
        assertThat(probe.exitCode()).as(probe.toString()).isZero();
    }

    private String names(String verb) {
        Console names = Console.run("names", verb, "--config", folder + "/config.toml");
        assertThat(names.exitCode()).as(names.toString()).isZero();
        return names.out();
    }
}
