package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Well-formed and spoilt messages of every kind through the whole service. None may cost more than itself: no fault on
 * the event loop or a lane, and a good client keeps its address. {@code -Dfuzz.rounds=} and {@code -Dfuzz.seed=} make
 * it longer or other.
 */
class PathFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 0x5eed_0951L);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 8_000);
    private static final int GOOD = 4711;
    private static final String KEY = "a key of sixteen bytes";
    private static final String CONFIG = """
            authoritative = true
            [leasequery]
            enabled = true
            allow = ["127.0.0.0/8"]
            listen = "127.0.0.1:%d"
            insecure = true
            [[class]]
            name = "phone"
            match_vendor_class = "phone*"
            [[subnet]]
            network = "127.0.0.0/8"
            routers = ["127.0.0.1"]
            subnet_selection = true
            rapid_commit = true
            ipv6_only_preferred = 1800
            auto_configure = 0
              [subnet.authentication]
              [[subnet.authentication.key]]
              id = 1
              secret = "a key of sixteen bytes"
              [[subnet.authentication.key]]
              id = 1
              secret = "the key of one client alone"
              mac = "02:00:00:01:00:03"
              [[subnet.pool]]
              range_start = "127.0.1.1"
              range_end = "127.0.1.100"
              bootp = true
              [[subnet.pool]]
              range_start = "127.0.3.1"
              range_end = "127.0.3.50"
              match_circuit_id = "port-*"
              [[subnet.pool]]
              range_start = "127.0.4.1"
              range_end = "127.0.4.50"
              match_user_class = "ipxe"
              match_architecture = "7"
              [[subnet.reservation]]
              mac = "02:00:00:00:00:07"
              ip = "127.0.2.7"
              [[subnet.reservation]]
              remote_id = "0xff00"
              ip = "127.0.2.8"
            [[subnet]]
            network = "127.9.0.0/16"
            vss = "blue"
              [[subnet.pool]]
              range_start = "127.9.1.1"
              range_end = "127.9.1.50"
            """;

    /** Options that the path looks at; others pass by. */
    private static final int[] LOOKED_AT = {
        12, 43, 50, 51, 52, 54, 55, 56, 57, 60, 61, 77, 80, 81, 82, 90, 93, 97, 116, 118, 154, 155, 221
    };

    /** Option 82 as relay agents send it, one line each. */
    private static final String[] RELAYS = {
        "0106706f72742d410202ff00", // "port-A", remote id
        "9705 00626c7565 9800", // virtual network "blue", and whether that counts
        "9701ff9800 0504 7f090001", // the global one, but a link of "blue"
        "0504 7f000001 0c036f6c74 1300", // link selection, relay id, answers to the source port
        "0b04 7f000001 0603737562", // server identifier override, subscriber id
    };

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private long counter = 1;
    private RunningService service;

    @Test
    void noMessageHarmsTheServiceOrAGoodClient() throws Exception {
        int tcpPort = FreePorts.tcp();
        Surroundings briefHolds = Surroundings.USUAL.ruledBy(ConflictFixtures.rules(Duration.ofSeconds(60)));
        try (RunningService running = new RunningService(folder, CONFIG.formatted(tcpPort), briefHolds)) {
            service = running;
            flood(running.client, tcpPort);
            assertThat(addresses()).doesNotHaveDuplicates();
        }
        assertThat(dropped(DropReason.INTERNAL_ERROR))
                .as("seed %x: packets that could not be handled", SEED)
                .isZero();
        assertThat(List.of(DropReason.REPLAYED, DropReason.BAD_AUTHENTICATION, DropReason.NOT_AUTHENTICATED))
                .as("seed %x: ways that were tried", SEED)
                .allSatisfy(way -> assertThat(dropped(way)).as(way.tag()).isPositive());
    }

    private void flood(LoopbackClient client, int tcpPort) throws IOException {
        Ipv4 own = client.lease(GOOD);
        for (int i = 1; i <= ROUNDS; i++) {
            client.send(spoilt(message(own)));
            if (i % 50 == 0) {
                client.discard();
            }
            if (i % 100 == 0) {
                ask(tcpPort);
            }
            if (i % 500 == 0) {
                assertThat(client.renew(GOOD, own).type())
                        .as("seed %x, round %d", SEED, i)
                        .isEqualTo(MessageType.ACK);
            }
        }
        assertThat(client.lease(GOOD)).isEqualTo(own);
    }

    /** A requester of leases that sends as much sense as the clients do, and leaves without a word. */
    private void ask(int tcpPort) throws IOException {
        try (Socket requester = new Socket(InetAddress.getLoopbackAddress(), tcpPort)) {
            requester.setSoLinger(random.nextBoolean(), 0);
            OutputStream out = requester.getOutputStream();
            for (int i = random.nextInt(8); i >= 0; i--) {
                byte[] query = spoilt(message(Ipv4.ANY));
                int length = random.nextInt(10) == 0 ? random.nextInt(0x10000) : query.length;
                out.write(new byte[] {(byte) (length >> 8), (byte) length});
                out.write(query);
            }
        } catch (SocketException e) {
            // Cut off while it was still talking, as it should be.
        }
    }

    private long dropped(DropReason reason) {
        return service.dropped(reason.tag());
    }

    private List<Ipv4> addresses() throws Exception {
        List<Ipv4> all = new ArrayList<>();
        long cursor = 0;
        while (cursor >= 0) {
            LeaseDesk.Page page = service.desk().page(cursor, 256).get();
            page.leases().stream()
                    .filter(lease -> lease.state() == LeaseState.ACTIVE)
                    .map(Lease::ip)
                    .forEach(all::add);
            cursor = page.next();
        }
        return all;
    }

    /** A message as a client might send it, of any type, with any of the options that matter, some of them nonsense. */
    private byte[] message(Ipv4 takenAddress) {
        MessageType[] types = MessageType.values();
        ClientMessage message = ClientMessage.of(
                types[random.nextInt(types.length)], random.nextInt(), MacAddress.of(1, mac(random.nextInt(200))));
        if (random.nextInt(3) == 0) {
            message.giaddr(Ipv4.parse(random.nextInt(4) == 0 ? "127.9.0.1" : "127.0.0.1"));
        }
        if (random.nextInt(4) == 0) {
            message.ciaddr(random.nextBoolean() ? takenAddress : new Ipv4(random.nextInt()));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            int code = LOOKED_AT[random.nextInt(LOOKED_AT.length)];
            message.option(code, value(code, takenAddress));
        }
        if (random.nextInt(4) == 0) {
            message.ask(1, 3, 51, 108, 116, 152, 153, 156);
        }
        if (random.nextInt(5) == 0) {
            // A counter that rises, or one of long ago; the client with a key of its own signs with the wrong one.
            long said = random.nextInt(3) == 0 ? counter / 2 : counter;
            message.seal(new TestSeal(random.nextInt(8) == 0 ? 2 : 1, KEY, said));
            counter++;
        }
        return message.toBytes();
    }

    private byte[] value(int code, Ipv4 takenAddress) {
        boolean sense = random.nextInt(3) > 0;
        if (sense && (code == 50 || code == 118)) {
            return random.nextBoolean()
                    ? takenAddress.toBytes()
                    : Ipv4.parse("127.0.1.1").plus(random.nextInt(120)).toBytes();
        }
        if (sense && code == 54) {
            return Ipv4.parse("127.0.0.1").toBytes();
        }
        if (sense && code == 82) {
            String relay = RELAYS[random.nextInt(RELAYS.length)];
            return HexFormat.of().parseHex(relay.replace(" ", ""));
        }
        if (sense && code == 90) {
            return TestSeal.REQUEST;
        }
        if (sense && (code == 80 || code == 116)) {
            return new byte[code == 80 ? 0 : 1];
        }
        if (sense && (code == 154 || code == 155)) {
            return new byte[] {0x6c, 0, 0, (byte) random.nextInt(256)};
        }
        if (sense && code == 81) {
            return new byte[] {(byte) random.nextInt(16), 0, 0, 2, 'p', 'c', 0};
        }
        byte[] noise = new byte[random.nextInt(random.nextInt(10) == 0 ? 255 : 12)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] spoilt(byte[] bytes) {
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            int from = random.nextInt(4) == 0 ? 0 : 240;
            bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt(256);
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    /** Never the good client's: whoever speaks with its address may release its lease. */
    private static byte[] mac(int number) {
        return new byte[] {2, 0, 0, 1, 0, (byte) number};
    }
}
