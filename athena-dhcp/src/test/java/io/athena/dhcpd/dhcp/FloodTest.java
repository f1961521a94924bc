package io.athena.dhcpd.dhcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floods against the whole service, on loopback and under a test clock: nothing comes back to a bucket by itself. */
class FloodTest {

    private static final String LIMITS = """
            [server.rate_limit]
            max_discovers_per_second = 40
            max_per_mac_per_second = 5
            """;
    private static final String SUBNET = """
            [[subnet]]
            network = "127.0.0.0/8"
              [[subnet.pool]]
              range_start = "127.0.1.1"
              range_end = "127.0.1.100"
              [[subnet.reservation]]
              mac = "02:00:00:00:00:07"
              ip = "127.0.2.7"
            """;
    private static final int KNOWN = 1;
    private static final int RESERVED = 7;

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(-TimeUnit.DAYS.toNanos(1));
    private final TimeSource clock = new TimeSource() {
        @Override
        public long epochSeconds() {
            return 1_800_000_000L + TimeUnit.NANOSECONDS.toSeconds(nanos.get());
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }
    };
    private int invented = 1_000;
    private RunningService service;
    private LoopbackClient client;

    @BeforeEach
    void start() throws Exception {
        service = new RunningService(folder, LIMITS + SUBNET, Surroundings.USUAL.under(clock));
        client = service.client;
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private long dropped(String reason) {
        return service.dropped(reason);
    }

    /** Behind a relay agent's port; sub-option 19 sends the answer back to our socket (RFC 8357). */
    private ClientMessage atPort(String circuitId, ClientMessage message) {
        byte[] agent = new byte[circuitId.length() + 4];
        agent[0] = 1;
        agent[1] = (byte) circuitId.length();
        System.arraycopy(circuitId.getBytes(US_ASCII), 0, agent, 2, circuitId.length());
        agent[agent.length - 2] = 19;
        return message.giaddr(Ipv4.parse("127.0.0.1")).option(82, agent);
    }

    private ClientMessage newcomer() {
        return client.message(MessageType.DISCOVER, invented++);
    }

    private void flood() throws IOException {
        for (int i = 0; i < 200; i++) {
            client.send(newcomer().toBytes());
            client.send(atPort("ge-0/0/66", newcomer()).toBytes());
        }
    }

    private void discover(ClientMessage message) throws IOException {
        assertThat(client.exchange(message).type()).isEqualTo(MessageType.OFFER);
    }

    @Test
    void aFloodOfInventedClientsDeniesNoReturningClientAndNoneOnAnotherPort() throws Exception {
        Ipv4 own = client.lease(KNOWN);
        long gone = 0;
        for (int round = 0; round < 10; round++) {
            flood();
            assertThat(client.renew(KNOWN, own).yiaddr()).isEqualTo(own);
            assertThat(client.lease(KNOWN)).as("from the beginning").isEqualTo(own);
            assertThat(client.lease(RESERVED)).hasToString("127.0.2.7");
            discover(atPort("ge-0/0/1", newcomer()));
            assertThat(dropped("too_many_newcomers")).isGreaterThan(gone + 300);
            gone = dropped("too_many_newcomers");
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(dropped("rate_limited")).isZero();
        assertThat(dropped("internal_error")).isZero();
    }

    @Test
    void aFloodTakesNoLeaseAwayAndNoOfferFromAnotherPort() throws Exception {
        service.reload(SUBNET);
        Ipv4 own = client.lease(KNOWN);
        DhcpPacket offer = client.exchange(atPort("ge-0/0/1", client.message(MessageType.DISCOVER, 2)));
        for (int i = 0; i < 500; i++) {
            client.send(atPort("ge-0/0/66", newcomer()).toBytes());
        }
        DhcpPacket ack = client.exchange(atPort("ge-0/0/1", client.message(MessageType.REQUEST, 2))
                .option(50, offer.yiaddr())
                .option(54, offer.serverId()));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(client.lease(KNOWN)).isEqualTo(own);
        assertThat(dropped("no_free_address")).isZero();
    }

    @Test
    void aClientThatLoopsIsCutOffAndHeardAgainLater() throws Exception {
        for (int i = 0; i < 50; i++) {
            client.send(client.message(MessageType.DISCOVER, 3).toBytes());
        }
        discover(client.message(MessageType.DISCOVER, 4));
        assertThat(dropped("rate_limited")).isEqualTo(45);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        discover(client.message(MessageType.DISCOVER, 3));
    }

    @Test
    void aReloadAppliesOtherLimits() throws Exception {
        service.reload("[server.rate_limit]\nmax_per_mac_per_second = 2\n" + SUBNET);
        for (int i = 0; i < 50; i++) {
            client.send(client.message(MessageType.DISCOVER, 3).toBytes());
        }
        discover(client.message(MessageType.DISCOVER, 4));
        assertThat(dropped("rate_limited")).isEqualTo(48);
        service.reload("[server.rate_limit]\nenabled = false\n" + SUBNET);
        for (int i = 0; i < 50; i++) {
            discover(client.message(MessageType.DISCOVER, 3));
        }
    }

    @Test
    void aReloadOfSomethingElseForgivesNobody() throws Exception {
        for (int i = 0; i < 5; i++) {
            discover(client.message(MessageType.DISCOVER, 3));
        }
        service.reload(LIMITS + SUBNET);
        client.send(client.message(MessageType.DISCOVER, 3).toBytes());
        discover(client.message(MessageType.DISCOVER, 4));
        assertThat(dropped("rate_limited")).isEqualTo(1);
    }

    @Test
    void aStormOfDeclinesLeavesMostOfThePool() throws Exception {
        service.reload(SUBNET);
        for (int i = 0; i < 150; i++) {
            int mallory = invented++;
            Ipv4 address = client.lease(mallory);
            client.send(client.message(MessageType.DECLINE, mallory)
                    .option(50, address)
                    .toBytes());
        }
        assertThat(client.lease(2)).isNotNull();
        assertThat(dropped("too_many_declines")).isEqualTo(140);
    }
}
