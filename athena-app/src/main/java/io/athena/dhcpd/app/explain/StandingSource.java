package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlClient;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.app.control.LeaseRow;
import io.athena.dhcpd.app.control.StandingRow;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands: from the running server, or from the store while no server runs, without writing a byte. */
final class StandingSource {

    private final ServerConfig server;
    private final long longestLease;
    private final long now;

    /** @param now epoch seconds */
    StandingSource(AthenaConfig config, long now) {
        this.server = config.server();
        this.longestLease = TopologyCompiler.compile(config, List.<Ipv4>of()).longestLeaseTime();
        this.now = now;
    }

    Standing read() throws CommandFailure {
        try (ControlClient client = ControlClient.connect(server.controlSocket())) {
            if (client != null) {
                return fromServer(client);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The running server could not be asked: " + e.getMessage(), e);
        }
        return fromStore();
    }

    private static Standing fromServer(ControlClient client) throws IOException {
        List<Lease> leases = new ArrayList<>();
        long cursor = LeaseDesk.START;
        while (cursor != LeaseDesk.END) {
            ControlReply.Leases page =
                    client.ask(new ControlRequest.PageLeases(cursor, LeaseDesk.MAX_PAGE), ControlReply.Leases.class);
            page.leases().stream().map(LeaseRow::toLease).forEach(leases::add);
            cursor = page.next();
        }
        List<Conflict> withheld = new ArrayList<>();
        List<Exclusion> excluded = new ArrayList<>();
        List<Offer> offers = new ArrayList<>();
        boolean caution = false;
        boolean clockDoubted = false;
        int leftOut = 0;
        cursor = LeaseDesk.START;
        while (cursor != LeaseDesk.END) {
            ControlReply.Standing link = client.ask(new ControlRequest.Standing(cursor), ControlReply.Standing.class);
            link.withheld().stream().map(StandingRow.Hold::toConflict).forEach(withheld::add);
            link.excluded().stream().map(StandingRow.Excluded::toExclusion).forEach(excluded::add);
            link.offers().stream().map(StandingRow.Held::toOffer).forEach(offers::add);
            caution |= link.caution();
            clockDoubted |= link.clockDoubted();
            leftOut += link.leftOut();
            cursor = link.next();
        }
        List<String> notes = new ArrayList<>();
        notes.add("leases, OFFERs and held addresses are those of the running server, a moment ago");
        if (leftOut > 0) {
            notes.add(leftOut + " OFFERs and held addresses are too many to be listed and count as free here");
        }
        return new Standing(new LiveLeases(leases, withheld, excluded, caution), offers, clockDoubted, notes);
    }

    private Standing fromStore() throws CommandFailure {
        if (!Files.exists(server.leaseDb())) {
            return new Standing(
                    LiveLeases.NONE,
                    List.of(),
                    false,
                    List.of("no server runs and there is no lease store at " + server.leaseDb()
                            + ": as if nobody had a lease"));
        }
        try {
            RecoveredState stored = LeaseStore.readOnly(server.leaseDb(), now, longestLease);
            List<String> notes = new ArrayList<>();
            notes.add("no server runs: leases are those of the store " + server.leaseDb());
            stored.findings().forEach(finding -> notes.add("the store: " + finding));
            return new Standing(stored, List.of(), false, notes);
        } catch (StoreException e) {
            throw new CommandFailure(
                    ExitCode.STORE, "No server answers on " + server.controlSocket() + ", and " + e.getMessage(), e);
        }
    }
}
