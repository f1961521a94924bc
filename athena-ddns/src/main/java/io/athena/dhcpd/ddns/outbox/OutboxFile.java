package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.journal.JournalTail;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps unfinished work on disk, with the place in the journal that it belongs to. Work that is done within a second
 * never gets there. Owned by the outbox's thread.
 */
final class OutboxFile {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxFile.class);
    private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Saving takes at most such a part of the time: its sync and those of leases hold each other up. */
    private static final long SHARE = 20;

    /** Where nothing is unfinished, only the place in the journal moves; segments wait for it, so it must not lag for ever. */
    private static final long CURSOR_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FollowerStore store;
    private final TimeSource time;
    private final Set<Ipv4> unsaved = new LinkedHashSet<>();
    private final Set<Ipv4> stored = new HashSet<>();
    private long cursor;
    private long savedAt;
    private long tookNanos;
    private boolean complained;

    OutboxFile(FollowerStore store, TimeSource time) {
        this.store = store;
        this.time = time;
        cursor = store.cursor();
        savedAt = time.nanoTime();
    }

    /** Gives the outbox what an earlier run left unfinished. A follower without a past notes where it begins. */
    void load(Outbox outbox, JournalTail tail, boolean fresh) {
        if (fresh) {
            write(outbox, tail);
        }
        store.ascend(new byte[0], (key, value) -> {
            NameWork work = WorkCodec.decode(key, value);
            if (work == null) {
                LOG.warn("An entry of unfinished names cannot be understood and is left out; see 'names reconcile'");
            } else {
                stored.add(work.address());
                outbox.resume(work);
            }
            return true;
        });
    }

    void saveIfDue(Outbox outbox, JournalTail tail) {
        long since = time.nanoTime() - savedAt;
        if (since >= (complained ? RETRY_NANOS : Math.max(SAVE_NANOS, SHARE * tookNanos))) {
            unsaved.addAll(outbox.takeUnsaved());
            unsaved.removeIf(address -> outbox.find(address) == null && !stored.contains(address));
            if (!unsaved.isEmpty() || since >= CURSOR_NANOS && tail.position() > cursor) {
                save(outbox, tail);
            }
        }
    }

    void save(Outbox outbox, JournalTail tail) {
        unsaved.addAll(outbox.takeUnsaved());
        savedAt = time.nanoTime();
        if (!unsaved.isEmpty() || tail.position() != cursor) {
            write(outbox, tail);
        }
    }

    private void write(Outbox outbox, JournalTail tail) {
        long position = tail.position();
        List<FollowerStore.Entry> entries = new ArrayList<>(unsaved.size());
        for (Ipv4 address : unsaved) {
            NameWork work = outbox.find(address);
            entries.add(new FollowerStore.Entry(WorkCodec.key(address), work == null ? null : WorkCodec.encode(work)));
        }
        try {
            store.save(position, entries);
        } catch (RuntimeException e) {
            if (!complained) {
                LOG.error("Unfinished names cannot be stored; a restart would do their updates again", e);
            }
            complained = true;
            return;
        }
        complained = false;
        tookNanos = time.nanoTime() - savedAt;
        LOG.debug("{} addresses with unfinished names stored in {} ms", entries.size(), tookNanos / 1_000_000);
        cursor = position;
        tail.release(position);
        unsaved.forEach(address -> {
            if (outbox.find(address) == null) {
                stored.remove(address);
            } else {
                stored.add(address);
            }
        });
        unsaved.clear();
    }
}
