package io.athena.dhcpd.events.bus;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventListener;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.meter.LogBudget;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener of the bus with its queue and its thread. */
public final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    /** Under load the thread looks again so soon of its own accord, and no publisher has to wake it. */
    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long AFTER_INTERRUPT_MILLIS = 500;

    private final EventBus bus;
    private final String name;
    private final Set<EventType> types;
    private final int bufferSize;
    private final EventListener listener;
    private final MpscArrayQueue<DomainEvent> queue;
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean ending;
    private volatile boolean halted;

    Subscription(EventBus bus, String name, Set<EventType> types, int bufferSize, EventListener listener) {
        this.bus = bus;
        this.name = name;
        this.types = Set.copyOf(types);
        this.bufferSize = bufferSize;
        this.listener = listener;
        this.queue = new MpscArrayQueue<>(bufferSize);
        this.thread = new Thread(this::run, "athena-events-" + name);
        thread.setDaemon(true);
    }

    /** Begins to tell its listener what waits and what comes; once. */
    public void start() {
        thread.start();
    }

    Set<EventType> types() {
        return types;
    }

    /** How many events its listener has lost. */
    public long dropped() {
        return dropped.sum();
    }

    /** How many events wait for its listener. */
    public int waiting() {
        return queue.size();
    }

    /** Any thread: queues the event or drops it, and comes back at once. */
    void take(DomainEvent event) {
        if (!queue.offerIfBelowThreshold(event, bufferSize)) {
            lose(1);
        } else if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    private void lose(int events) {
        dropped.add(events);
        bus.drops().add(events);
        if (bus.warnings().permit(name) != LogBudget.SILENT) {
            LOG.atWarn()
                    .addKeyValue("listener", name)
                    .addKeyValue("lost", dropped.sum())
                    .log("a listener is slower than events come and loses some; see hooks.event_buffer_size");
        }
    }

    /** Ends it: nothing new comes, and its listener may finish what waits for at most this long. */
    public void close(Duration limit) {
        end();
        try {
            thread.join(Math.max(1, limit.toMillis()));
            if (thread.isAlive()) {
                halted = true;
                thread.interrupt();
                thread.join(AFTER_INTERRUPT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = queue.size();
        if (left > 0) {
            lose(left);
        }
    }

    void end() {
        bus.remove(this);
        ending = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            while (!halted) {
                DomainEvent event = queue.poll();
                if (event != null) {
                    deliver(event);
                } else if (!idle()) {
                    end(listener);
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("listener {} was stopped at its work", name);
        }
    }

    private void deliver(DomainEvent event) throws InterruptedException {
        try {
            listener.heard(event);
        } catch (RuntimeException e) {
            failed(event.type().tag(), e);
        }
    }

    private void failed(String at, RuntimeException fault) {
        if (bus.warnings().permit(name + " fails") != LogBudget.SILENT) {
            LOG.atError()
                    .addKeyValue("listener", name)
                    .addKeyValue("event", at)
                    .setCause(fault)
                    .log("a listener failed; the event is lost to it");
        }
    }

    /** Waits until there may be something in the queue; false when there will be nothing more. */
    private boolean idle() throws InterruptedException {
        long again = listenerIdle();
        LockSupport.parkNanos(this, Math.min(LINGER, again));
        while (queue.isEmpty()) {
            if (ending) {
                return false;
            }
            asleep = true;
            // Looked at again after the flag is up: a publisher that did not see it has put its event in before.
            if (queue.isEmpty() && !ending) {
                LockSupport.parkNanos(this, again);
            }
            asleep = false;
            if (Thread.interrupted() && halted) {
                return false;
            }
            if (queue.isEmpty() && again != EventListener.NOTHING_LEFT) {
                again = listenerIdle();
            }
        }
        return true;
    }

    private long listenerIdle() throws InterruptedException {
        try {
            return listener.idle();
        } catch (RuntimeException e) {
            failed("none", e);
            return EventListener.NOTHING_LEFT;
        }
    }

    private void end(EventListener who) throws InterruptedException {
        try {
            who.ended();
        } catch (RuntimeException e) {
            failed("none", e);
        }
    }
}
