package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.listen.ListenException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The whole service on the loopback interface, with a real store and a client of its own. */
final class RunningService implements AutoCloseable {

    final LoopbackClient client;
    final Meters meters = new Meters();
    private final Path folder;
    private final Surroundings surroundings;
    private final int port;
    private LeaseStore store;
    private DhcpService service;

    /** @param config all but where the server listens and has its store: more lines of its table, and tables */
    RunningService(Path folder, String config) throws Exception {
        this(folder, config, Surroundings.USUAL);
    }

    RunningService(Path folder, String config, Surroundings surroundings) throws Exception {
        this.folder = folder;
        this.surroundings = surroundings;
        this.port = surroundings.port() == 0 ? FreePorts.udp() : surroundings.port();
        this.client = new LoopbackClient(port);
        open(config);
    }

    private void open(String config) throws Exception {
        store = LeaseStore.open(folder.resolve("store"), StoreSettings.DEFAULT, meters, TimeSource.system());
        service = new DhcpService(
                read(port, config),
                surroundings.rules(),
                surroundings.journal().apply(store.journal()),
                surroundings.recovered().apply(store.recovered()),
                meters,
                surroundings.time(),
                surroundings.companions());
        try {
            service.start();
        } catch (ListenException e) {
            store.close();
            client.close();
            throw e;
        }
    }

    private AthenaConfig read(int listeningPort, String config) {
        String toml = """
                [server]
                interface = "lo"
                port = %d
                client_port = %d
                lease_db = "%s"
                """.formatted(listeningPort, client.port(), folder.resolve("store")) + config;
        ConfigResult result =
                TomlConfig.parse(toml, folder.resolve("config.toml"), List.of(), StandardOptions.registry());
        assertThat(result.config()).as("%s", result.problems()).isNotNull();
        return result.config();
    }

    /** @return what needs a restart */
    List<String> reload(String config) {
        return service.reload(read(port, config), surroundings.rules());
    }

    /** With another port than it listens on. */
    List<String> reloadOnAnotherPort(String config) {
        return service.reload(read(port + 1, config), surroundings.rules());
    }

    /** Ends and starts on the same store. */
    void restart(String config) throws Exception {
        end();
        open(config);
    }

    LeaseDesk desk() {
        return service.desk();
    }

    Optional<Lease> lease(Ipv4 address) throws Exception {
        return desk().find(address).get();
    }

    long dropped(String reason) {
        return meters.counter(DhcpMeter.PACKETS_DROPPED, reason).sum();
    }

    /** Waits until so many messages were dropped for a reason; says that there were no more by then. */
    void awaitDropped(String reason, long count) {
        long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (dropped(reason) < count && System.nanoTime() - patience < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(dropped(reason)).as(reason).isEqualTo(count);
    }

    void drain() {
        service.drain(Duration.ofSeconds(60));
    }

    private void end() {
        drain();
        service.close();
        store.close();
    }

    @Override
    public void close() {
        end();
        client.close();
    }
}
