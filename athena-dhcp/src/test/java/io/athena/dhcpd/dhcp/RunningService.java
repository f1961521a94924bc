package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.lease.Lease;
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
import java.util.Optional;

/** The whole service on the loopback interface, with a client of its own, for {@code 127.0.0.0/8}. */
final class RunningService implements AutoCloseable {

    final LoopbackClient client;
    private final LeaseStore store;
    private final DhcpService service;

    /** @param subnet lines of the subnet, and tables after it */
    RunningService(Path folder, String subnet) throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0)) {
            port = free.getLocalPort();
        }
        client = new LoopbackClient(port);
        String toml = """
                [server]
                interface = "lo"
                port = %d
                client_port = %d
                lease_db = "%s"
                [[subnet]]
                network = "127.0.0.0/8"
                """.formatted(port, client.port(), folder.resolve("store")) + subnet;
        ConfigResult result =
                TomlConfig.parse(toml, folder.resolve("config.toml"), List.of(), StandardOptions.registry());
        assertThat(result.config()).as("%s", result.problems()).isNotNull();
        Meters meters = new Meters();
        store = LeaseStore.open(folder.resolve("store"), StoreSettings.DEFAULT, meters, TimeSource.system());
        ConflictRules rules = new ConflictRules(Duration.ofHours(1), 3);
        service = new DhcpService(
                result.config(), rules, store.journal(), store.recovered(), meters, TimeSource.system());
        service.start();
    }

    Optional<Lease> lease(Ipv4 address) throws Exception {
        return service.desk().find(address).get();
    }

    @Override
    public void close() {
        service.drain(Duration.ofSeconds(5));
        service.close();
        store.close();
        client.close();
    }
}
