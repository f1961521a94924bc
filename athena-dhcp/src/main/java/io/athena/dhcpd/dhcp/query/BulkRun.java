package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.query.LeaseWalk.Page;
import org.jspecify.annotations.Nullable;

/**
 * One bulk leasequery in progress (RFC 6926 section 8.2). It takes the next page from the lanes when the requester has
 * read the one before: a slow one holds up itself and nobody else. For its event loop only.
 */
final class BulkRun {

    private final StreamQuery.Accepted query;
    private final LeaseWalk walk;
    private final QueryOutput out;
    private final TimeSource time;
    private final Runnable whenDone;
    private boolean reading;
    private boolean over;
    private boolean first = true;

    /** @param whenDone called when the last answer has been written */
    BulkRun(StreamQuery.Accepted query, LeaseWalk walk, QueryOutput out, TimeSource time, Runnable whenDone) {
        this.query = query;
        this.walk = walk;
        this.out = out;
        this.time = time;
        this.whenDone = whenDone;
    }

    /** Begins, or goes on after the requester has read. */
    void resume() {
        if (over || reading || !out.isWritable()) {
            return;
        }
        if (walk.isEmpty()) {
            finish(QueryStatus.SUCCESS, "");
            return;
        }
        reading = true;
        walk.next(page -> out.execute(() -> taken(page)));
    }

    /** Nobody listens any more. */
    void cancel() {
        over = true;
    }

    private void taken(Page page) {
        reading = false;
        if (over) {
            return;
        }
        if (page.stale()) {
            finish(QueryStatus.QUERY_TERMINATED, "the configuration has changed; ask again");
            return;
        }
        try {
            long now = time.epochSeconds();
            for (byte[] image : page.images()) {
                tell(Binding.of(LeaseCodec.decode(image), page.link(), now), now);
            }
            for (Ipv4 address : page.unused()) {
                tell(Binding.unused(address), now);
            }
        } catch (CorruptRecordException e) {
            throw new IllegalStateException("a lease image changed while it was in memory", e);
        }
        if (page.end()) {
            finish(QueryStatus.SUCCESS, "");
        } else {
            out.flush();
            resume();
        }
    }

    private void tell(Binding binding, long now) {
        if (query.wants(binding)) {
            out.write(QueryReplies.binding(query.xid(), binding, query.options(), serverIdOnce(), now));
        }
    }

    private void finish(QueryStatus status, String text) {
        over = true;
        out.write(QueryReplies.done(query.xid(), status, text, serverIdOnce()));
        out.flush();
        whenDone.run();
    }

    /** RFC 6926 section 8.2: the first answer says whose answers these are. */
    private @Nullable Ipv4 serverIdOnce() {
        boolean was = first;
        first = false;
        return was ? out.serverId() : null;
    }
}
