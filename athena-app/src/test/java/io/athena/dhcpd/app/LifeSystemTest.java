package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server starts, refuses to start, and ends. */
class LifeSystemTest {

    private static final String API_OFF = "[api]\nenabled = false\n";

    @TempDir
    private Path folder;

    @Test
    void termEndsInOrderAndTheLeaseIsThereAtTheNextStart() throws Exception {
        int port = FreePorts.any();
        Path config = ServerProcess.config(folder, port, API_OFF);
        try (ServerProcess server = ServerProcess.serving(config)) {
            Console probe = Console.takeLease(port, "02:00:00:00:00:01");
            assertThat(probe.exitCode()).as(probe.toString()).isZero();
            server.signal("TERM");
            assertThat(server.exitCode()).isZero();
        }
        assertThat(folder.resolve("server.pid")).doesNotExist();
        assertThat(folder.resolve("store").resolve("control.sock")).doesNotExist();

        Console offline = Console.run("leases", "--config", config.toString(), "--format", "csv");
        assertThat(offline.exitCode()).as(offline.err()).isZero();
        assertThat(offline.out()).contains(",02:00:00:00:00:01,");

        try (ServerProcess again = ServerProcess.serving(config)) {
            Console online = Console.run("leases", "--config", config.toString(), "--format", "csv");
            assertThat(online.out()).isEqualTo(offline.out());
            again.signal("INT");
            assertThat(again.exitCode()).isZero();
        }
    }

    @Test
    void withTheApiOffNoTcpPortIsOpened() throws Exception {
        Path config = ServerProcess.config(folder, FreePorts.any(), API_OFF);
        try (ServerProcess server = ServerProcess.serving(config)) {
            server.await("no port is opened");

            assertThat(listeningSockets(server.pid())).isEmpty();
        }
    }

    @Test
    void aTakenWebPortIsReportedAndDhcpIsServedAllTheSame() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = FreePorts.any();
            Path config =
                    ServerProcess.config(folder, port, "[api]\nlisten = \"127.0.0.1:" + taken.getLocalPort() + "\"\n");
            try (ServerProcess server = ServerProcess.serving(config)) {
                assertThat(server.await("The web layer could not be started")).contains("ERROR");

                assertThat(Console.takeLease(port, "02:00:00:00:00:01").exitCode())
                        .isZero();
                server.signal("TERM");
                assertThat(server.exitCode()).isZero();
            }
        }
    }

    @Test
    void aFileWithErrorsIsRefusedWithTheirLines() throws Exception {
        Path config = ServerProcess.config(folder, 6767, "[defaults]\ncolour = 3\n");
        try (ServerProcess server = ServerProcess.start("--config", config.toString())) {
            server.await("defaults.colour");
            server.await("nothing is served");
            assertThat(server.exitCode()).isEqualTo(ExitCode.FAILED);
        }
        assertThat(folder.resolve("store")).doesNotExist();
    }

    private static String listeningSockets(long pid) throws Exception {
        Set<String> own = new HashSet<>();
        try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    own.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // Closed since it was listed.
                }
            }
        }
        StringBuilder listening = new StringBuilder();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net/" + table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[3].equals("0A") && own.contains("socket:[" + fields[9] + "]")) {
                    listening.append(line).append('\n');
                }
            }
        }
        return listening.toString();
    }
}
