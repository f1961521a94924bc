package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.link.ProbeSockets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Takes orders from any thread, a bounded number, and wakes the one that carries them out when it sleeps. */
final class OrderQueue {

    /** Probes that were taken and have not ended; and as many announcements that wait. */
    static final int LIMIT = 16_384;

    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger announcements = new AtomicInteger();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final ProbeSockets sockets;
    private volatile boolean closed;

    OrderQueue(ProbeSockets sockets) {
        this.sockets = sockets;
    }

    /** Hands an order over; false when there are too many. */
    boolean offer(Order order) {
        AtomicInteger count = order instanceof Probe ? probes : announcements;
        if (count.incrementAndGet() > LIMIT) {
            count.decrementAndGet();
            return false;
        }
        orders.add(order);
        if (asleep.compareAndSet(true, false)) {
            sockets.wake();
        }
        return true;
    }

    /** The next order, or null; for the owner of the sockets, and for anybody once the queue is closed. */
    @Nullable
    Order poll() {
        Order order = orders.poll();
        if (order instanceof Order.Announcement) {
            announcements.decrementAndGet();
        }
        return order;
    }

    /** A probe that was taken has ended. */
    void finished() {
        probes.decrementAndGet();
    }

    /** Sleeps on the sockets unless an order waits; {@code nanos} is asked for when it is clear that none does. */
    void sleep(LongSupplier nanos) {
        asleep.set(true);
        // Whoever hands an order over from now on sees that it has to wake the sleeper.
        sockets.await(orders.isEmpty() && !closed ? nanos.getAsLong() : 0);
        asleep.set(false);
    }

    /** Ends the sleep; an order that is handed over after this may find nobody to carry it out. */
    void close() {
        closed = true;
        sockets.wake();
    }

    boolean isClosed() {
        return closed;
    }
}
