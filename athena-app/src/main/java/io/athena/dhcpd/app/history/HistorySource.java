package io.athena.dhcpd.app.history;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlClient;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.app.control.HistoryRow;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.events.history.HistoryAnswer;
import io.athena.dhcpd.events.history.HistoryBook;
import io.athena.dhcpd.events.history.HistoryPage;
import io.athena.dhcpd.events.history.HistoryQuery;
import io.athena.dhcpd.events.service.HistoryService;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the history: of the running server, or in the store while no server runs, without writing a byte. */
final class HistorySource {

    private static final int PAGE = 256;

    private final ServerConfig server;
    private final boolean isKept;
    private final PrintWriter notes;
    private final long now;

    /**
     * @param isKept whether the configuration has a history
     * @param notes where to say what is amiss
     * @param now epoch seconds
     */
    HistorySource(ServerConfig server, boolean isKept, PrintWriter notes, long now) {
        this.server = server;
        this.isKept = isKept;
        this.notes = notes;
        this.now = now;
    }

    /** Who had an address at a time. */
    ControlReply.HistoryAnswer at(Ipv4 ip, long at) throws CommandFailure {
        return ask(
                client -> client.ask(new ControlRequest.HistoryAt(ip.toString(), at), ControlReply.HistoryAnswer.class),
                (store, recovered) -> {
                    HistoryAnswer answer = new HistoryBook(store).answer(ip, at, now, leaseOf(ip, recovered));
                    return new ControlReply.HistoryAnswer(
                            answer.verdict().name().toLowerCase(Locale.ROOT), HistoryRow.of(answer), answer.since());
                });
    }

    /**
     * Visits entries, the newest first.
     *
     * @param limit at most so many
     * @return from when on the history is complete, epoch seconds; 0 when it has not begun
     */
    long forEach(HistoryQuery query, long limit, Consumer<HistoryRow> visitor) throws CommandFailure {
        return ask(
                client -> fromServer(client, query, limit, visitor),
                (store, recovered) -> fromStore(new HistoryBook(store), query, limit, visitor));
    }

    private static long fromServer(ControlClient client, HistoryQuery query, long limit, Consumer<HistoryRow> visitor)
            throws IOException {
        long left = limit;
        String cursor = "";
        while (true) {
            ControlReply.HistoryPage page = client.ask(
                    new ControlRequest.PageHistory(
                            query.ip() == null ? null : query.ip().toString(),
                            query.mac() == null ? null : query.mac().toString(),
                            query.clientId() == null ? null : HexText.of(query.clientId()),
                            query.since(),
                            query.until(),
                            cursor,
                            (int) Math.min(left, PAGE)),
                    ControlReply.HistoryPage.class);
            page.entries().forEach(visitor);
            left -= page.entries().size();
            cursor = page.next();
            if (cursor.isEmpty() || left <= 0) {
                return page.reach();
            }
        }
    }

    private static long fromStore(HistoryBook book, HistoryQuery query, long limit, Consumer<HistoryRow> visitor) {
        long left = limit;
        byte[] cursor = {};
        do {
            HistoryPage page = book.page(query, cursor, (int) Math.min(left, PAGE));
            page.entries().stream().map(HistoryRow::of).forEach(visitor);
            left -= page.entries().size();
            cursor = page.next();
        } while (cursor.length > 0 && left > 0);
        return book.reach();
    }

    /** The lease that the store has of an address: renewals stand there only. */
    private Optional<Lease> leaseOf(Ipv4 ip, RecoveredState recovered) {
        Lease[] found = new Lease[1];
        recovered.forEachLease((address, image) -> {
            try {
                if (address == ip.bits()) {
                    found[0] = LeaseCodec.decode(image);
                }
            } catch (CorruptRecordException e) {
                notes.println("note: the lease of " + ip + " cannot be read: " + e.getMessage());
            }
        });
        return Optional.ofNullable(found[0]);
    }

    private void noteWhatIsMissing(FollowerStore store, RecoveredState recovered) {
        long behind = recovered.lastSequence() - store.cursor();
        if (behind > 0) {
            notes.println("note: the last " + behind
                    + " records of the lease journal are not in the history yet; the server adds them when it starts");
        }
    }

    private interface FromServer<T> {
        T ask(ControlClient client) throws IOException;
    }

    private interface FromStore<T> {
        T ask(FollowerStore store, RecoveredState recovered);
    }

    private <T> T ask(FromServer<T> fromServer, FromStore<T> fromStore) throws CommandFailure {
        try (ControlClient client = ControlClient.connect(server.controlSocket())) {
            if (client != null) {
                return fromServer.ask(client);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The running server could not be asked: " + e.getMessage(), e);
        }
        RecoveredState recovered;
        Optional<FollowerStore> stored;
        try {
            // One after the other: each keeps the folder locked while it is read.
            recovered = LeaseStore.readOnly(server.leaseDb());
            stored = LeaseStore.readFollower(server.leaseDb(), HistoryService.FOLLOWER);
        } catch (StoreException e) {
            throw unreadable(e);
        }
        if (stored.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    isKept
                            ? "No history has been written yet: no server has served with history.enabled = true."
                            : "The history is off, and none was ever kept; see history.enabled.");
        }
        if (!isKept) {
            notes.println("note: the history is off; this is what was kept while it was on");
        }
        try (FollowerStore store = stored.get()) {
            noteWhatIsMissing(store, recovered);
            return fromStore.ask(store, recovered);
        }
    }

    private CommandFailure unreadable(StoreException e) {
        return new CommandFailure(
                ExitCode.STORE, "No server answers on " + server.controlSocket() + ", and " + e.getMessage(), e);
    }
}
