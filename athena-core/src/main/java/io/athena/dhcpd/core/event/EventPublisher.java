package io.athena.dhcpd.core.event;

/**
 * Takes events to whoever listens. It is called on the lanes: implementations MUST NOT block and MUST NOT throw, whatever
 * becomes of the event.
 */
public interface EventPublisher {

    /** Nobody listens. */
    EventPublisher NONE = new EventPublisher() {
        @Override
        public boolean hears(EventType type) {
            return false;
        }

        @Override
        public void publish(DomainEvent event) {}
    };

    /** Whether anybody listens to such events; where nobody does, callers build none. */
    boolean hears(EventType type);

    /** Tells everybody who listens to events of its type. */
    void publish(DomainEvent event);
}
