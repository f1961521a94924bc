package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.engine.LeaseObserver;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.Seat;
import io.athena.dhcpd.dhcp.query.LeaseWalk.Page;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * One active leasequery (RFC 7724 section 8.2): what changes is pushed as it changes, after a catch-up where one was
 * asked for. Pages of the catch-up and changes go through one queue, so that for an address the newer word always comes
 * last. The queue is bounded: who does not read hears that data is missing, and is let go.
 */
final class ActiveRun implements LeaseObserver {

    /** Changes that wait for a requester to read. */
    private static final int MOST_WAITING = 4096;

    private sealed interface Item {

        record Changed(Lease lease) implements Item {}

        record Read(Page page) implements Item {}
    }

    private final StreamQuery.Accepted query;
    private final LeaseWalk walk;
    private final QueryOutput out;
    private final Supplier<LinkDirectory> directory;
    private final TimeSource time;
    private final Queue<Item> inbox = new MpscAtomicArrayQueue<>(MOST_WAITING);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean lost;
    private volatile boolean over;
    private boolean first = true;
    private boolean pageWanted;

    ActiveRun(StreamQuery.Accepted query, QueryOutput out, Supplier<LinkDirectory> directory, TimeSource time) {
        this.query = query;
        this.walk = new LeaseWalk(directory.get(), false);
        this.out = out;
        this.directory = directory;
        this.time = time;
    }

    /**
     * Says that the requester is being listened to, and begins its catch-up.
     *
     * @param complete whether no record was lost, as far as this server knows
     */
    void begin(boolean complete) {
        if (!query.hasStart()) {
            say(QueryStatus.CONNECTION_ACTIVE, "updates follow");
            return;
        }
        if (!complete) {
            say(QueryStatus.DATA_MISSING, "records of leases were lost");
        }
        pageWanted = !walk.isEmpty();
        if (walk.isEmpty()) {
            say(QueryStatus.CATCH_UP_COMPLETE, "");
        }
        resume();
    }

    /** RFC 7724 section 8.2: a word now and then, so that silence means that the connection is broken. */
    void keepAlive() {
        if (!over) {
            say(QueryStatus.CONNECTION_ACTIVE, "");
        }
    }

    /** Goes on after the requester has read. */
    void resume() {
        drain();
    }

    void cancel() {
        over = true;
    }

    @Override
    public void changed(Lease lease) {
        put(new Item.Changed(lease));
    }

    /** On a lane: from here on the event loop has it. */
    private void put(Item item) {
        if (over || lost) {
            return;
        }
        if (!inbox.offer(item)) {
            lost = true;
        }
        if (scheduled.compareAndSet(false, true)) {
            out.execute(this::drain);
        }
    }

    private void drain() {
        scheduled.set(false);
        if (over) {
            return;
        }
        if (lost) {
            giveUp(QueryStatus.DATA_MISSING, "updates were not read in time");
            return;
        }
        long now = time.epochSeconds();
        Item item = null;
        while (!over && out.isWritable() && (item = inbox.poll()) != null) {
            if (item instanceof Item.Changed changed) {
                tell(changed.lease(), now);
            } else if (item instanceof Item.Read read) {
                tell(read.page(), now);
            }
        }
        out.flush();
        if (pageWanted && !over && out.isWritable()) {
            pageWanted = false;
            walk.next(page -> put(new Item.Read(page)));
        }
    }

    private void tell(Page page, long now) {
        if (page.stale()) {
            giveUp(QueryStatus.QUERY_TERMINATED, "the configuration has changed; ask again");
            return;
        }
        try {
            for (byte[] image : page.images()) {
                Binding binding = Binding.of(LeaseCodec.decode(image), page.link(), now);
                if (query.wants(binding)) {
                    tell(binding, now);
                }
            }
        } catch (CorruptRecordException e) {
            throw new IllegalStateException("a lease image changed while it was in memory", e);
        }
        pageWanted = !page.end();
        if (page.end()) {
            say(QueryStatus.CATCH_UP_COMPLETE, "");
        }
    }

    private void tell(Lease lease, long now) {
        Seat seat = directory.get().seatOf(lease.ip());
        if (seat != null) {
            Link link = seat.link();
            tell(Binding.of(lease, link, now), now);
        }
    }

    private void tell(Binding binding, long now) {
        out.write(QueryReplies.binding(query.xid(), binding, query.options(), serverIdOnce(), now));
    }

    private void say(QueryStatus status, String text) {
        out.write(QueryReplies.status(query.xid(), status, text, serverIdOnce(), time.epochSeconds()));
        out.flush();
    }

    private void giveUp(QueryStatus status, String text) {
        over = true;
        inbox.clear();
        if (status == QueryStatus.DATA_MISSING) {
            say(status, text);
        }
        out.writeAndClose(QueryReplies.done(query.xid(), QueryStatus.QUERY_TERMINATED, text, serverIdOnce()));
    }

    private @Nullable Ipv4 serverIdOnce() {
        boolean was = first;
        first = false;
        return was ? out.serverId() : null;
    }
}
