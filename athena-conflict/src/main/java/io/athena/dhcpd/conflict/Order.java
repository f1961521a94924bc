package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;

/** What other threads hand to the one that owns the sockets. */
sealed interface Order permits Probe, Order.Announcement {

    /** Tells an attached network who has an address now. */
    record Announcement(Attachment on, Ipv4 address, MacAddress holder) implements Order {}
}
