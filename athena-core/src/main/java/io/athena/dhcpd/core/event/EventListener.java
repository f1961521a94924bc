package io.athena.dhcpd.core.event;

/**
 * Hears of events, one after the other and in their order, on a thread that is its own. It may take its time: what it is
 * late for waits in a queue of its own and is lost when that is full. A failure costs it the event and nobody else's.
 */
@FunctionalInterface
public interface EventListener {

    /** What {@link #idle} answers when there is nothing left to do. */
    long NOTHING_LEFT = Long.MAX_VALUE;

    /**
     * Takes an event.
     *
     * @throws InterruptedException when the server stops meanwhile; implementations MUST NOT swallow an interrupt
     */
    void heard(DomainEvent event) throws InterruptedException;

    /** Nothing waits at present. Answers after how many nanoseconds it wants to be told again if nothing comes. */
    default long idle() throws InterruptedException {
        return NOTHING_LEFT;
    }

    /** There will be nothing more; called once, after the last event. */
    default void ended() throws InterruptedException {}
}
