package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that was started, and the probe in the place of relay agents on loopback. */
final class RelayedServer implements AutoCloseable {

    private static final int UNANSWERED = 5;

    final Path config;
    final ServerProcess process;
    private final int port;

    /** @param more what is served beside a pool of 192.0.2.0/24 */
    RelayedServer(Path folder, String more) throws Exception {
        port = FreePorts.any();
        config = ServerProcess.config(folder, port, more);
        process = ServerProcess.serving(config);
    }

    /**
     * The answer that a relay agent got to what the arguments say; fails when there was none. It asks again as clients do:
     * a server that was held up drops a DISCOVER that has become old.
     */
    Console probe(String relay, String... says) {
        List<String> arguments = new ArrayList<>(List.of("probe", "--server", "127.0.0.1", "--port"));
        arguments.addAll(List.of(Integer.toString(port), "--client-port", "0", "--relay", relay));
        boolean sendsOnce = List.of(says).contains("--hex");
        arguments.addAll(List.of("--timeout", sendsOnce ? "20" : "5", "--tries", "12"));
        arguments.addAll(List.of(says));
        Console probe = Console.run(arguments.toArray(String[]::new));
        for (int i = 1; i < 3 && sendsOnce && probe.exitCode() == UNANSWERED; i++) {
            probe = Console.run(arguments.toArray(String[]::new));
        }
        assertThat(probe.exitCode()).as(probe.toString()).isZero();
        return probe;
    }

    @Override
    public void close() {
        process.close();
    }
}
