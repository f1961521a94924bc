package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlClient;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.app.control.StandingRow;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.engine.ConflictDesk;
import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads all conflicts and exclusions: from the running server, or from the store, without writing a byte. */
final class ConflictSource {

    private final ServerConfig server;
    private final Topology topology;
    private final PrintWriter notes;
    private final long now;

    /**
     * @param notes where to say what was found amiss in the store
     * @param now epoch seconds
     */
    ConflictSource(AthenaConfig config, PrintWriter notes, long now) {
        this.server = config.server();
        this.topology = TopologyCompiler.compile(config, List.<Ipv4>of());
        this.notes = notes;
        this.now = now;
    }

    /** Every row, in the order of the addresses. */
    List<ConflictRow> read() throws CommandFailure {
        List<ConflictRow> rows = new ArrayList<>();
        if (!readServer(rows)) {
            readStore(rows);
        }
        rows.sort(Comparator.comparing(ConflictRow::ip).thenComparing(ConflictRow::status));
        return rows;
    }

    private boolean readServer(List<ConflictRow> rows) throws CommandFailure {
        try (ControlClient client = ControlClient.connect(server.controlSocket())) {
            if (client == null) {
                return false;
            }
            long cursor = ConflictDesk.START;
            while (cursor != ConflictDesk.END) {
                ControlReply.Conflicts page =
                        client.ask(new ControlRequest.PageConflicts(cursor), ControlReply.Conflicts.class);
                page.conflicts().forEach(row -> rows.add(ConflictRow.of(row.toConflict(), now)));
                page.exclusions().stream()
                        .map(StandingRow.Excluded::toExclusion)
                        .forEach(exclusion -> rows.add(row(exclusion)));
                cursor = page.next();
            }
            return true;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The running server could not be asked: " + e.getMessage(), e);
        }
    }

    private void readStore(List<ConflictRow> rows) throws CommandFailure {
        RecoveredState stored;
        try {
            stored = LeaseStore.readOnly(server.leaseDb());
        } catch (StoreException e) {
            throw new CommandFailure(
                    ExitCode.STORE, "No server answers on " + server.controlSocket() + ", and " + e.getMessage(), e);
        }
        stored.findings().forEach(finding -> notes.println("note: " + finding));
        stored.forEachConflict((address, image) -> {
            try {
                rows.add(ConflictRow.of(ConflictCodec.decode(image), now));
            } catch (CorruptRecordException e) {
                unreadable("conflict", address, e);
            }
        });
        stored.forEachExclusion((address, image) -> {
            try {
                rows.add(row(Exclusion.decode(image)));
            } catch (CorruptRecordException e) {
                unreadable("exclusion", address, e);
            }
        });
    }

    private void unreadable(String what, int address, CorruptRecordException why) {
        notes.println("note: the " + what + " of " + new Ipv4(address) + " cannot be read, so a server withholds it: "
                + why.getMessage());
    }

    private ConflictRow row(Exclusion exclusion) {
        Subnet subnet = topology.subnetOf(exclusion.ip());
        return ConflictRow.of(exclusion, subnet == null ? null : subnet.network());
    }
}
