package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Terms;
import io.athena.dhcpd.dhcp.auth.Admission;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of each packet: exactly one of {@code dropped}, {@code answered}, {@code offeredNothing},
 * {@code noted} and {@code failed} ends its way. Called on the thread that does the work; MUST NOT block and MUST NOT change anything.
 */
public interface PathListener {

    /** What was made of a message where clients may have to prove who they are (RFC 3118). */
    default void admitted(Exchange exchange, Admission admission) {}

    /** The engine is asked next; again, when the packet had to wait for somebody else's change. */
    default void judging(Exchange exchange) {}

    /** A reply with the options of these terms is put together next. */
    default void composing(Exchange exchange, Terms terms) {}

    /** The reply that is put together next gives an address that gets this name in DNS. */
    default void naming(Exchange exchange, NamePolicy.Name name) {}

    /** There is no answer. */
    void dropped(DhcpPacket packet, ServedInterface on, DropReason reason);

    /**
     * An answer was sent.
     *
     * @param address the address that it is about, if any
     * @param reason why it refuses; null for every answer but a NAK
     */
    void answered(Exchange exchange, MessageType with, @Nullable Ipv4 address, @Nullable DropReason reason);

    /** An OFFER without an address was sent: a client heard that there is none for it. */
    void offeredNothing(Exchange exchange, DropReason reason);

    /** The message was taken note of; it is one that gets no answer. */
    void noted(Exchange exchange);

    /** The server itself is at fault. */
    void failed(Exchange exchange, RuntimeException fault);
}
