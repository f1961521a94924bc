package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlClient;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.app.control.LeaseRow;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseCsv;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Checks rows of leases against a configuration and takes them into its store. */
public final class LeaseImport {

    private final AthenaConfig config;
    private final TimeSource time;
    private final Topology topology;

    public LeaseImport(AthenaConfig config, TimeSource time) {
        this.config = config;
        this.time = time;
        this.topology = TopologyCompiler.compile(config, ownAddresses(config.server()));
    }

    /** Sorts the rows into leases that the configuration permits and problems; nothing is written. */
    public CheckedRows check(List<LeaseCsv.Row> rows) {
        return new ImportCheck(topology, time.epochSeconds()).check(rows);
    }

    /**
     * Takes the leases into the store: through the running server where there is one, else with the store locked.
     *
     * @return for each lease why it was refused, or an empty text when it is taken over and durable
     * @throws CommandFailure when the server or the store cannot be reached
     */
    public List<String> store(List<Lease> leases) throws CommandFailure, InterruptedException {
        try (ControlClient client = ControlClient.connect(config.server().controlSocket())) {
            if (client != null) {
                return byServer(client, leases);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The running server did not import all: " + e.getMessage(), e);
        }
        try (LeaseStore store = LeaseStore.open(
                config.server().leaseDb(),
                StoreSettings.DEFAULT
                        .withCautionSeconds(topology.longestLeaseTime())
                        .keepingSegments(),
                new Meters(),
                time)) {
            return new OfflineImport(store, this::linkId, time.epochSeconds()).run(leases);
        } catch (StoreException e) {
            throw new CommandFailure(ExitCode.STORE, "No server answers, and " + e.getMessage(), e);
        }
    }

    private static List<Ipv4> ownAddresses(ServerConfig server) {
        return Stream.of(server.bindAddress(), server.serverId())
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<String> byServer(ControlClient client, List<Lease> rows) throws IOException {
        List<String> refusals = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += LeaseDesk.MAX_PAGE) {
            List<LeaseRow> page = rows.subList(from, Math.min(rows.size(), from + LeaseDesk.MAX_PAGE)).stream()
                    .map(LeaseRow::of)
                    .toList();
            refusals.addAll(client.ask(new ControlRequest.ImportLeases(page), ControlReply.Imported.class)
                    .refusals());
        }
        return refusals;
    }

    private String linkId(Ipv4 ip) {
        Link link = topology.linkOf(ip);
        return link == null ? "" : link.id();
    }
}
