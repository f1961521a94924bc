package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlClient;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.app.control.LeaseRow;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads all leases: from the running server, or from the store while no server runs, without writing a byte. */
final class LeaseSource {

    private final ServerConfig server;
    private final PrintWriter notes;
    private final long now;

    /**
     * @param notes where to say what was found amiss in the store
     * @param now epoch seconds; a stored lease that ended before is shown as expired
     */
    LeaseSource(ServerConfig server, PrintWriter notes, long now) {
        this.server = server;
        this.notes = notes;
        this.now = now;
    }

    /** Visits every lease, or only that of {@code ip}. */
    void forEach(@Nullable Ipv4 ip, Consumer<Lease> visitor) throws CommandFailure {
        try (ControlClient client = ControlClient.connect(server.controlSocket())) {
            if (client != null) {
                fromServer(client, ip, visitor);
                return;
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The running server could not be asked: " + e.getMessage(), e);
        }
        fromStore(visitor);
    }

    private static void fromServer(ControlClient client, @Nullable Ipv4 ip, Consumer<Lease> visitor)
            throws IOException {
        long cursor = LeaseDesk.START;
        while (cursor != LeaseDesk.END) {
            ControlRequest request = ip != null
                    ? new ControlRequest.FindLease(ip.toString())
                    : new ControlRequest.PageLeases(cursor, LeaseDesk.MAX_PAGE);
            ControlReply.Leases page = client.ask(request, ControlReply.Leases.class);
            page.leases().stream().map(LeaseRow::toLease).forEach(visitor);
            cursor = page.next();
        }
    }

    private void fromStore(Consumer<Lease> visitor) throws CommandFailure {
        RecoveredState stored;
        try {
            stored = LeaseStore.readOnly(server.leaseDb());
        } catch (StoreException e) {
            throw new CommandFailure(
                    ExitCode.STORE, "No server answers on " + server.controlSocket() + ", and " + e.getMessage(), e);
        }
        stored.findings().forEach(finding -> notes.println("note: " + finding));
        stored.forEachLease((address, image) -> {
            try {
                visitor.accept(asOf(LeaseCodec.decode(image), now));
            } catch (CorruptRecordException e) {
                notes.println("note: the record of " + new Ipv4(address) + " cannot be read: " + e.getMessage());
            }
        });
    }

    /** The end of a lease without a name is not written, so a stored lease may have ended meanwhile. */
    static Lease asOf(Lease lease, long now) {
        boolean ranOut = lease.state() == LeaseState.ACTIVE && !lease.isActive(now);
        return ranOut ? lease.ended(LeaseState.EXPIRED, lease.expiry()) : lease;
    }
}
