package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final String CONFIG = """
            [server]
            interface = "lo"
            port = %d
            client_port = %d
            lease_db = "unused"
            authoritative = true
            [[subnet]]
            network = "127.0.0.0/8"
            routers = ["127.0.0.1"]
            subnet_selection = true
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
            """;

    /** Options that the path looks at; others pass by. */
    private static final int[] LOOKED_AT = {12, 43, 50, 51, 52, 54, 55, 56, 57, 60, 61, 77, 80, 81, 82, 93, 97, 116, 118
    };

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Meters meters = new Meters();

    @Test
    void noMessageHarmsTheServiceOrAGoodClient() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0)) {
            port = free.getLocalPort();
        }
        try (LoopbackClient client = new LoopbackClient(port);
                LeaseStore store =
                        LeaseStore.open(folder.resolve("store"), StoreSettings.DEFAULT, meters, TimeSource.system())) {
            DhcpService service = service(CONFIG.formatted(port, client.port()), store);
            service.start();
            try {
                flood(client);
                assertThat(addresses(service)).doesNotHaveDuplicates();
            } finally {
                service.drain(Duration.ofSeconds(5));
                service.close();
            }
        }
        assertThat(faults())
                .as("seed %x: packets that could not be handled", SEED)
                .isZero();
    }

    private void flood(LoopbackClient client) throws IOException {
        Ipv4 own = client.lease(GOOD);
        for (int i = 1; i <= ROUNDS; i++) {
            client.send(spoilt(message(own)));
            if (i % 50 == 0) {
                client.discard();
            }
            if (i % 500 == 0) {
                assertThat(client.renew(GOOD, own).type())
                        .as("seed %x, round %d", SEED, i)
                        .isEqualTo(MessageType.ACK);
            }
        }
        assertThat(client.lease(GOOD)).isEqualTo(own);
    }

    private long faults() {
        return meters.counter(DhcpMeter.PACKETS_DROPPED, DropReason.INTERNAL_ERROR.tag())
                .sum();
    }

    private static List<Ipv4> addresses(DhcpService service) throws Exception {
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
            message.giaddr(Ipv4.parse("127.0.0.1"));
        }
        if (random.nextInt(4) == 0) {
            message.ciaddr(random.nextBoolean() ? takenAddress : new Ipv4(random.nextInt()));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            int code = LOOKED_AT[random.nextInt(LOOKED_AT.length)];
            message.option(code, value(code, takenAddress));
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
            return new byte[] {1, 6, 'p', 'o', 'r', 't', '-', (byte) random.nextInt(256), 2, 2, (byte) 0xff, 0};
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

    private DhcpService service(String toml, LeaseStore store) {
        ConfigResult read =
                TomlConfig.parse(toml, folder.resolve("athena.toml"), List.of(), StandardOptions.registry());
        assertThat(read.config()).as("%s", read.problems()).isNotNull();
        ConflictRules rules = new ConflictRules(Duration.ofSeconds(60), 3);
        return new DhcpService(read.config(), rules, store.journal(), store.recovered(), meters, TimeSource.system());
    }
}
