package io.athena.dhcpd.dhcp.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.LeasequeryConfig;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.FreePorts;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server of bulk and active leasequery as a whole, on the loopback interface. */
@Timeout(120)
class QueryServerTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final LinkDirectory NOTHING = new LinkDirectory(
            TopologyCompiler.compile(
                    Objects.requireNonNull(
                            TomlConfig.parse("""
                                    [server]
                                    interface = "lo"
                                    lease_db = "unused"
                                    """, Path.of("config.toml"), List.of(), StandardOptions.registry())
                                    .config()),
                    Set.of()),
            List.of());

    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final int port = FreePorts.tcp();
    private final LeasequeryConfig config = new LeasequeryConfig(
            true,
            List.of(Cidr.parse("127.0.0.0/8")),
            new LeasequeryConfig.Tcp(HostPort.parse("127.0.0.1:" + port), 3, true, null));

    /** Keeps the thread of the server busy while somebody asks for leases. */
    private LinkDirectory slowly() {
        busy.countDown();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return NOTHING;
    }

    private Socket bulkQuery() throws IOException {
        byte[] query = ClientMessage.of(MessageType.BULKLEASEQUERY, 1, null).toBytes();
        Socket requester = new Socket(InetAddress.getLoopbackAddress(), port);
        DataOutputStream out = new DataOutputStream(requester.getOutputStream());
        out.writeShort(query.length);
        out.write(query);
        out.flush();
        return requester;
    }

    private QueryServer server() {
        QueryServer.Surroundings around = new QueryServer.Surroundings(
                new QueryAccess(config), this::slowly, new LeaseFeed(), true, new Meters(), TimeSource.system());
        return new QueryServer(around, new QueryTimes(LONG, LONG, LONG, LONG));
    }

    @Test
    void aReloadWaitsForTheThreadSoThatThePortIsListenedOnAgain() throws Exception {
        try (QueryServer server = server()) {
            server.serve(config, 0, null);
            try (Socket requester = bulkQuery()) {
                assertThat(requester.isConnected()).isTrue();
                busy.await();
                // More than the end of the server waits; a pause here proves less, and fails no less.
                CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(done::countDown);
                server.serve(config, 0, null);
            }
            assertThat(server.port()).isEqualTo(port);
        }
    }

    @Test
    void theEndDoesNotFailForAThreadThatHasNoTimeForIt() throws Exception {
        QueryServer server = server();
        server.serve(config, 0, null);
        try (Socket requester = bulkQuery()) {
            assertThat(requester.isConnected()).isTrue();
            busy.await();
            assertThatCode(server::close).doesNotThrowAnyException();
            assertThat(server.port()).isZero();
        } finally {
            done.countDown();
        }
    }
}
