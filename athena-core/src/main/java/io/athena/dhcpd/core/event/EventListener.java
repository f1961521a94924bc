package io.athena.dhcpd.core.event;

/**
 * Hears of events, one after the other and in their order, on a thread that is its own. It may take its time: what it is
 * late for waits in a queue of its own and is lost when that is full. A failure costs it the event and nobody else's.
 */
@FunctionalInterface
public interface EventListener {

    /**
     * Takes an event.
     *
     * @throws InterruptedException when the server stops meanwhile; implementations MUST NOT swallow an interrupt
     */
    void heard(DomainEvent event) throws InterruptedException;

    /** Nothing more has come for the moment: what was collected may be passed on. */
    default void idle() throws InterruptedException {}
}
