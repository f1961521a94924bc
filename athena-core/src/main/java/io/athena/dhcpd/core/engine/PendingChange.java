package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A lease on its way to the disk: at most one for an address and one for a client. Whatever else touches either waits
 * in its queue and is judged anew afterwards. Owned by the lane.
 */
public final class PendingChange {

    /** Hears once, on the lane, how the change ended. */
    @FunctionalInterface
    public interface Continuation {

        /** Told after the table shows the outcome. */
        void settled(boolean durable);
    }

    /** Whose wish it is. */
    enum Origin {
        CLIENT,
        IMPORT
    }

    private final LeaseChanges changes;
    private final long sequence;
    private final Lease lease;
    private final byte[] image;
    private final Origin origin;
    private final int xid;
    private final long madeAt;
    private @Nullable Continuation owner;
    private final Deque<Runnable> waiters = new ArrayDeque<>(1);

    PendingChange(LeaseChanges changes, long sequence, Lease lease, byte[] image, Origin origin, int xid, long madeAt) {
        this.changes = changes;
        this.sequence = sequence;
        this.lease = lease;
        this.image = image;
        this.origin = origin;
        this.xid = xid;
        this.madeAt = madeAt;
    }

    /** The journal's sequence; the change is settled when the watermark has reached it. */
    public long sequence() {
        return sequence;
    }

    /** What will be true once it is durable. */
    public Lease lease() {
        return lease;
    }

    Ipv4 address() {
        return lease.ip();
    }

    ClientKey key() {
        return lease.key();
    }

    byte[] image() {
        return image;
    }

    Origin origin() {
        return origin;
    }

    int xid() {
        return xid;
    }

    long madeAt() {
        return madeAt;
    }

    /** Who goes on first when the change is settled. */
    public void ownedBy(Continuation continuation) {
        this.owner = continuation;
    }

    /** Lets something wait; it runs on the lane after the owner has gone on. */
    void waitBehind(Runnable waiter) {
        waiters.add(waiter);
    }

    /** How many wait behind it. */
    int waiting() {
        return waiters.size();
    }

    /** Shows the outcome in the table, then lets owner and waiters go on, whatever becomes of any of them. */
    void settle(boolean durable) {
        changes.settle(this, durable);
        try {
            if (owner != null) {
                owner.settled(durable);
            }
        } finally {
            for (Runnable waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
                waiter.run();
            }
        }
    }
}
