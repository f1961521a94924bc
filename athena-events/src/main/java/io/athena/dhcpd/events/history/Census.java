package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all leases, because the journal does not tell of all that happened: when the history begins, when it was off
 * for a time, when records are lost. First what there is becomes known; then who is written to have an address and has it
 * no longer is written to have lost it. For one thread, a little at each step.
 */
final class Census {

    private static final int ADDRESSES_A_STEP = 64;
    private static final long PATIENCE_SECONDS = 20;

    private final LeaseDesk desk;
    private final Entries entries;
    private final HistoryPen pen;
    private volatile boolean cancelled;
    private volatile @Nullable CompletableFuture<?> awaited;
    private long cursor = LeaseDesk.START;
    private @Nullable Ipv4 checked = Ipv4.ANY;

    Census(LeaseDesk desk, Entries entries, HistoryPen pen) {
        this.desk = desk;
        this.entries = entries;
        this.pen = pen;
    }

    /**
     * Goes on.
     *
     * @param sequence up to where the journal is known
     * @param now epoch seconds
     * @return whether that was all
     */
    boolean step(long sequence, long now) throws InterruptedException, ExecutionException, TimeoutException {
        if (cursor != LeaseDesk.END) {
            LeaseDesk.Page page = await(desk.page(cursor, LeaseDesk.MAX_PAGE));
            page.leases().forEach(lease -> pen.found(lease, sequence));
            cursor = page.next();
            return false;
        }
        checkWritten(sequence, now);
        return checked == null;
    }

    private void checkWritten(long sequence, long now)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<HistoryEntry> open = new ArrayList<>();
        Ipv4 next = checked;
        for (int i = 0; i < ADDRESSES_A_STEP && next != null; i++) {
            next = entries.addressAfter(next);
            HistoryEntry last = next == null ? null : pen.last(next);
            if (last != null && last.kind().holds()) {
                open.add(last);
            }
        }
        Map<HistoryEntry, CompletableFuture<Optional<Lease>>> asked = new LinkedHashMap<>();
        open.forEach(entry -> asked.put(entry, desk.find(entry.lease().ip())));
        for (Map.Entry<HistoryEntry, CompletableFuture<Optional<Lease>>> each : asked.entrySet()) {
            Lease written = each.getKey().lease();
            if (await(each.getValue()).filter(each.getKey()::isTenureOf).isEmpty()) {
                pen.found(written.ended(LeaseState.EXPIRED, now), sequence);
            }
        }
        checked = next;
    }

    private <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        awaited = future;
        if (cancelled) {
            future.cancel(false);
        }
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (CancellationException e) {
            throw new ExecutionException("the history ends", e);
        }
    }

    /** Waits for nothing any more; any thread may call it. */
    void cancel() {
        cancelled = true;
        CompletableFuture<?> future = awaited;
        if (future != null) {
            future.cancel(false);
        }
    }
}
