package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The history of the server as it is started, asked while it runs and afterwards. */
@Timeout(300)
class HistorySystemTest {

    private static final String MAC = "02:00:00:00:00:01";
    private static final String OFF = "[api]\nenabled = false\n";
    private static final String ON = OFF + "[history]\nenabled = true\n";

    @TempDir
    private Path folder;

    private int port;

    @BeforeEach
    void choosePort() throws Exception {
        port = FreePorts.any();
    }

    @Test
    void whoHadAnAddressIsKnownWhileTheServerRunsAndAfterwards() throws Exception {
        String before = Instant.now().minusSeconds(60).toString();
        String address;
        try (ServerProcess server = ServerProcess.serving(ServerProcess.config(folder, port, ON))) {
            server.await("The history knows all leases");
            address = take(MAC);
            String now = Instant.now().toString();
            assertThat(written("granted", "--ip", address, "--at", now).out()).contains("granted", MAC);
            assertThat(history("--ip", address, "--at", before).out())
                    .contains("is not known: that is before the history begins at ");
            assertThat(history("--ip", "192.0.2.99", "--at", now).out()).contains("Nobody had 192.0.2.99 at ");
            assertThat(written("granted", "--mac", MAC, "--format", "json").out())
                    .startsWith("{\"time\":")
                    .contains("\"kind\":\"granted\"", "\"ip\":\"" + address + "\"", "\"giaddr\":\"127.0.0.2\"");
            release(address);
            assertThat(written(",released,", "--ip", address, "--format", "csv")
                            .out()
                            .lines())
                    .hasSize(3)
                    .first()
                    .asString()
                    .startsWith("time,kind,ip,mac,");
            server.signal("TERM");
            assertThat(server.exitCode()).isZero();
        }
        Console offline = history("--ip", address);
        assertThat(offline.out()).contains("released", "granted");
        assertThat(offline.err()).doesNotContain("not in the history yet");
        assertThat(history("--ip", address, "--at", Instant.now().toString()).out())
                .contains("Nobody had " + address);
        ServerProcess.config(folder, port, OFF);
        assertThat(history("--ip", address).err()).contains("the history is off");
    }

    @Test
    void aClientIsFoundByItsIdentifierInEachSpelling() throws Exception {
        try (ServerProcess server = ServerProcess.serving(ServerProcess.config(folder, port, ON))) {
            server.await("The history knows all leases");
            String address = take(MAC, "--client-id", "0x0061ff");
            assertThat(history("--client-id", "0x0061ff").out()).contains("granted", address, MAC);
            assertThat(history("--client-id", "00:61:FF").out()).contains("granted", address, MAC);
            assertThat(history("--client-id", "laptop"))
                    .returns(0, Console::exitCode)
                    .satisfies(none -> assertThat(none.out()).contains("Nothing is known of that"));
        }
    }

    @Test
    void aServerThatDiedLosesNothingOfItsHistory() throws Exception {
        Path config = ServerProcess.config(folder, port, ON);
        List<String> addresses = new ArrayList<>();
        try (ServerProcess server = ServerProcess.serving(config)) {
            server.await("The history knows all leases");
            for (int i = 1; i <= 5; i++) {
                addresses.add(take("02:00:00:00:00:0" + i));
            }
            server.signal("KILL");
            server.exitCode();
        }
        assertThat(history("--ip", addresses.get(0)).exitCode()).isZero();
        try (ServerProcess server = ServerProcess.serving(config)) {
            for (int i = 0; i < 5; i++) {
                Console told = written(",granted,", "--ip", addresses.get(i), "--format", "csv");
                assertThat(told.out().lines()).as(told.toString()).hasSize(2);
                assertThat(told.out()).contains(",granted,", "02:00:00:00:00:0" + (i + 1));
            }
            assertThat(server.count("misses records")).isZero();
        }
    }

    @Test
    void aReloadSwitchesItOnAndOffAndSyslogIsTold() throws Exception {
        try (DatagramSocket syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Path config = ServerProcess.config(folder, port, OFF);
            try (ServerProcess server = ServerProcess.serving(config)) {
                String address = take(MAC);
                Console off = history("--ip", address);
                assertThat(off.exitCode()).isEqualTo(1);
                assertThat(off.err()).contains("the history is off; see history.enabled");
                String told =
                        "[history.syslog]\nenabled = true\nserver = \"127.0.0.1:" + syslog.getLocalPort() + "\"\n";
                ServerProcess.config(folder, port, ON + told);
                server.signal("HUP");
                server.await("The history knows all leases");
                assertThat(history("--ip", address).out()).contains(" known ");
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                syslog.setSoTimeout(60_000);
                syslog.receive(packet);
                assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                        .contains(" athena-dhcpd " + server.pid() + " known [lease@32473 ip=\"" + address + "\"");
                ServerProcess.config(folder, port, OFF);
                server.signal("HUP");
                while (history("--ip", address).exitCode() == 0) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
        }
    }

    @Test
    void aWrongCommandLineSaysWhatIsWrong() throws Exception {
        ServerProcess.config(folder, port, ON);
        assertThat(history("--at", "2020-01-01").err()).contains("name it with --ip");
        assertThat(history("--ip", "192.0.2.1", "--at", "2999-01-01").err()).contains("yet to come");
        assertThat(history("--ip", "192.0.2.1", "--at", "yesterday").err()).contains("is not a time such as");
        assertThat(history("--client-id", "0x0").err()).contains("Invalid value for option '--client-id'");
        assertThat(history("--limit", "0").err()).contains("--limit is at least 1");
        assertThat(history("--ip", "192.0.2.1", "--at", "2020-01-01", "--mac", MAC)
                        .err())
                .contains("--at goes with --ip alone");
        assertThat(history("--ip", "192.0.2.1")).returns(3, Console::exitCode).satisfies(none -> assertThat(none.err())
                .contains("No server answers on"));
    }

    private Console history(String... options) {
        List<String> arguments = new ArrayList<>(List.of("history", "--config", folder + "/config.toml"));
        arguments.addAll(List.of(options));
        return Console.run(arguments.toArray(String[]::new));
    }

    /** What the history says when it has this: a server that is held up answers before all is written. */
    private Console written(String text, String... options) throws InterruptedException {
        Console told = history(options);
        while (!told.out().contains(text)) {
            TimeUnit.MILLISECONDS.sleep(50);
            told = history(options);
        }
        return told;
    }

    /** A client takes a lease; its address. */
    private String take(String mac, String... more) {
        Console probe = Console.takeLease(port, mac, more);
        assertThat(probe.exitCode()).as(probe.toString()).isZero();
        String leases = Console.run("leases", "--config", folder + "/config.toml", "--mac", mac, "--format", "csv")
                .out();
        return leases.lines().skip(1).findFirst().orElseThrow().split(",")[0];
    }

    private void release(String address) throws InterruptedException {
        Console released = Console.run(
                "probe",
                "--server",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--client-port",
                "0",
                "--relay",
                "127.0.0.2",
                "--link",
                "192.0.2.0",
                "--mac",
                MAC,
                "--release",
                address);
        assertThat(released.exitCode()).as(released.toString()).isZero();
        while (!Console.run("leases", "--config", folder + "/config.toml", "--ip", address)
                .out()
                .contains("released")) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
