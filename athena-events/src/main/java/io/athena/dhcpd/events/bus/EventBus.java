package io.athena.dhcpd.events.bus;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventListener;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Gives every listener a queue and a thread of its own. Whoever publishes looks up who hears the type, puts the event
 * into their queues and goes on; what a full queue does not take is lost to its listener, counted and warned about.
 */
public final class EventBus implements EventPublisher, AutoCloseable {

    private static final Subscription[] NOBODY = {};
    private static final int WARNINGS_PER_MINUTE = 1;

    private final TimeSource time;
    private final LongAdder drops;
    private final LogBudget warnings;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile Subscription[][] listeners = new Subscription[EventType.values().length][];

    /** A bus that nobody listens to yet. */
    public EventBus(Meters meters, TimeSource time) {
        this.time = time;
        this.drops = meters.counter(DhcpMeter.EVENT_BUFFER_DROPS);
        this.warnings = new LogBudget(time, WARNINGS_PER_MINUTE);
        route();
    }

    /**
     * Lets somebody listen from now on.
     *
     * @param name whose events they are, in logs
     * @param types what to hear of
     * @param bufferSize how many events may wait for it
     */
    public Subscription listen(String name, Set<EventType> types, int bufferSize, EventListener listener) {
        Subscription subscription = prepare(name, types, bufferSize, listener);
        exchange(List.of(), List.of(subscription));
        subscription.start();
        return subscription;
    }

    /** Somebody who is to listen like that, and hears nothing before {@link #exchange} and {@link Subscription#start}. */
    public Subscription prepare(String name, Set<EventType> types, int bufferSize, EventListener listener) {
        return new Subscription(this, name, types, bufferSize, listener);
    }

    /**
     * Some listen no more and others do, from one and the same event on. What those who come do not hear yet, since they
     * are not started, waits in their queues.
     */
    public synchronized void exchange(List<Subscription> leaving, List<Subscription> coming) {
        subscriptions.removeAll(leaving);
        subscriptions.addAll(coming);
        route();
    }

    @Override
    public boolean hears(EventType type) {
        return listeners[type.ordinal()].length > 0;
    }

    @Override
    public void publish(DomainEvent event) {
        for (Subscription subscription : listeners[event.type().ordinal()]) {
            subscription.take(event);
        }
    }

    /** Lets every listener finish what waits for it, all of them together for at most this long. */
    public void close(Duration limit) {
        close(open(), limit);
    }

    /** The same for some of them. */
    public void close(List<Subscription> all, Duration limit) {
        long deadline = time.nanoTime() + limit.toNanos();
        all.forEach(Subscription::end);
        for (Subscription each : all) {
            each.close(Duration.ofNanos(Math.max(0, deadline - time.nanoTime())));
        }
    }

    /** Ends every listener at once. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    synchronized void remove(Subscription subscription) {
        subscriptions.remove(subscription);
        route();
    }

    LongAdder drops() {
        return drops;
    }

    LogBudget warnings() {
        return warnings;
    }

    private synchronized List<Subscription> open() {
        return List.copyOf(subscriptions);
    }

    private void route() {
        Subscription[][] routes = new Subscription[EventType.values().length][];
        for (EventType type : EventType.values()) {
            routes[type.ordinal()] = subscriptions.stream()
                    .filter(each -> each.types().contains(type))
                    .toArray(length -> length == 0 ? NOBODY : new Subscription[length]);
        }
        listeners = routes;
    }
}
