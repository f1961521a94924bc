package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.time.TimeSource;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address whose record cannot be read may be somebody's, whatever becomes of its subnet. */
class DamagedRecordTest {

    private static final Ipv4 DAMAGED = Ipv4.parse("127.0.0.100");

    private static final String ITS_SUBNET = """
            [[subnet]]
            network = "127.0.0.0/24"
            [[subnet.pool]]
            range_start = "127.0.0.100"
            range_end = "127.0.0.101"
            """;

    private static final String ANOTHER_SUBNET = "[[subnet]]\nnetwork = \"10.9.0.0/24\"\n";

    private record OneDamaged(RecoveredState rest) implements RecoveredState {
        @Override
        public void forEachLease(Visitor visitor) {
            rest.forEachLease(visitor);
        }

        @Override
        public void forEachConflict(Visitor visitor) {
            rest.forEachConflict(visitor);
        }

        @Override
        public void forEachExclusion(Visitor visitor) {
            rest.forEachExclusion(visitor);
        }

        @Override
        public List<Integer> damaged() {
            return List.of(DAMAGED.bits());
        }

        @Override
        public boolean caution() {
            return rest.caution();
        }

        @Override
        public long newestTime() {
            return rest.newestTime();
        }

        @Override
        public long lastSequence() {
            return rest.lastSequence();
        }

        @Override
        public List<String> findings() {
            return rest.findings();
        }
    }

    @TempDir
    Path folder;

    private AthenaConfig config(int port, int clientPort, String subnets) {
        String server = """
                [server]
                interface = "lo"
                port = %d
                client_port = %d
                lease_db = "%s"
                """.formatted(port, clientPort, folder.resolve("store"));
        return TomlConfig.parse(server + subnets, folder.resolve("config.toml"), List.of(), StandardOptions.registry())
                .config();
    }

    @Test
    void itIsWithheldAlsoWhenItsSubnetComesWithAReload() throws Exception {
        ConflictRules rules = new ConflictRules(Duration.ofHours(1), 3);
        int port;
        try (DatagramSocket free = new DatagramSocket(0)) {
            port = free.getLocalPort();
        }
        Meters meters = new Meters();
        try (LoopbackClient client = new LoopbackClient(port);
                LeaseStore store =
                        LeaseStore.open(folder.resolve("store"), StoreSettings.DEFAULT, meters, TimeSource.system());
                DhcpService service = new DhcpService(
                        config(port, client.port(), ANOTHER_SUBNET),
                        rules,
                        store.journal(),
                        new OneDamaged(store.recovered()),
                        meters,
                        TimeSource.system())) {
            service.start();
            service.reload(config(port, client.port(), ITS_SUBNET), rules);
            assertThat(client.lease(1)).isNotEqualTo(DAMAGED);
            service.drain(Duration.ofSeconds(5));
        }
    }
}
