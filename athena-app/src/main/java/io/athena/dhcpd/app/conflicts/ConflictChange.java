package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlClient;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Carries out one wish: through the running server where there is one, else with the store locked. */
final class ConflictChange {

    /** The same wish for a store that no server uses. */
    @FunctionalInterface
    interface Offline {

        /** Why it was refused, or an empty text. */
        String in(OfflineConflicts store) throws InterruptedException;
    }

    private final ServerConfig server;
    private final Topology topology;
    private final TimeSource time;

    ConflictChange(AthenaConfig config, TimeSource time) {
        this.server = config.server();
        this.topology = TopologyCompiler.compile(config, List.<Ipv4>of());
        this.time = time;
    }

    /** @throws CommandFailure when it was refused, or neither server nor store can be reached */
    void make(ControlRequest online, Offline offline) throws CommandFailure, InterruptedException {
        String refusal = refusal(online, offline);
        if (!refusal.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "Nothing was changed: " + refusal + ".");
        }
    }

    private String refusal(ControlRequest online, Offline offline) throws CommandFailure, InterruptedException {
        try (ControlClient client = ControlClient.connect(server.controlSocket())) {
            if (client != null) {
                return client.ask(online, ControlReply.Outcome.class).refusal();
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The running server did not do it: " + e.getMessage(), e);
        }
        if (!Files.isDirectory(server.leaseDb())) {
            throw new CommandFailure(
                    ExitCode.STORE,
                    "No server answers on " + server.controlSocket() + ", and there is no lease store at "
                            + server.leaseDb() + ".");
        }
        try (LeaseStore store = LeaseStore.open(
                server.leaseDb(),
                StoreSettings.DEFAULT
                        .withCautionSeconds(topology.longestLeaseTime())
                        .keepingSegments(),
                new Meters(),
                time)) {
            return offline.in(new OfflineConflicts(store, topology, user(), time.epochSeconds()));
        } catch (StoreException e) {
            throw new CommandFailure(ExitCode.STORE, "No server answers, and " + e.getMessage(), e);
        }
    }

    private static String user() {
        return ProcessHandle.current().info().user().orElseGet(() -> System.getProperty("user.name"));
    }
}
