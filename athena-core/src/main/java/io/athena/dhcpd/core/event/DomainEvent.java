package io.athena.dhcpd.core.event;

/** Something that happened, told after it was settled; immutable. */
public sealed interface DomainEvent permits LeaseEvent, ConflictEvent, HaEvent {

    /** What kind of event it is. */
    EventType type();

    /** When it happened, epoch seconds. */
    long at();
}
