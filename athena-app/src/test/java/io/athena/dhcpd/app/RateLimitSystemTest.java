package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of the file, in the server as it is started. */
class RateLimitSystemTest {

    private static final String LIMITS = """
            [server.rate_limit]
            max_discovers_per_second = 10
            max_per_mac_per_second = 3

            [api]
            enabled = false
            """;

    @TempDir
    private Path folder;

    @Test
    void aClientThatFloodsIsCutOffAndSaidSoWhileAnotherGetsItsLease() throws Exception {
        int port = FreePorts.any();
        try (ServerProcess server = ServerProcess.serving(ServerProcess.config(folder, port, LIMITS))) {
            long began = System.nanoTime();
            flood(port, MacAddress.parse("02:00:00:00:00:66"));

            assertThat(server.await("reason=\"rate_limited\"")).contains("WARN", "02:00:00:00:00:66");
            Console probe = Console.takeLease(port, "02:00:00:00:00:01");
            assertThat(probe.exitCode()).as(probe.toString()).isZero();
            server.signal("TERM");
            assertThat(server.exitCode()).isZero();
            long minutes = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - began) + 1;
            assertThat(server.count("reason=\"rate_limited\"")).isBetween(1L, 20 * minutes);
        }
    }

    private static void flood(int port, MacAddress mac) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int xid = 1; xid <= 2_000; xid++) {
                byte[] discover = ClientMessage.of(MessageType.DISCOVER, xid, mac)
                        .giaddr(Ipv4.parse("127.0.0.2"))
                        .option(82, new byte[] {5, 4, (byte) 192, 0, 2, 0})
                        .toBytes();
                socket.send(new DatagramPacket(discover, discover.length, InetAddress.getLoopbackAddress(), port));
            }
        }
    }
}
