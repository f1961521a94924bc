package io.athena.dhcpd.core.engine;

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

    private final LeaseEngine engine;
    private final long sequence;
    private final Ipv4 address;
    private final ClientKey key;
    private final byte[] image;
    private final Origin origin;
    private final int xid;
    private final long madeAt;
    private @Nullable Continuation owner;
    private final Deque<Runnable> waiters = new ArrayDeque<>(1);

    PendingChange(
            LeaseEngine engine,
            long sequence,
            Ipv4 address,
            ClientKey key,
            byte[] image,
            Origin origin,
            int xid,
            long madeAt) {
        this.engine = engine;
        this.sequence = sequence;
        this.address = address;
        this.key = key;
        this.image = image;
        this.origin = origin;
        this.xid = xid;
        this.madeAt = madeAt;
    }

    /** The journal's sequence; the change is settled when the watermark has reached it. */
    public long sequence() {
        return sequence;
    }

    Ipv4 address() {
        return address;
    }

    ClientKey key() {
        return key;
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

    /** Shows the outcome in the table, then lets owner and waiters go on; answers how many waiters there were. */
    int settle(boolean durable) {
        engine.settle(this, durable);
        if (owner != null) {
            owner.settled(durable);
        }
        int resumed = waiters.size();
        for (Runnable waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            waiter.run();
        }
        return resumed;
    }
}
