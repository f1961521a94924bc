package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;

/** Hears what the server says, and what it has made durable. */
interface Outlet {

    void offered(SimClient to, Assignment assignment, int xid);

    /** @param answered the type of what the ACK answers */
    void acknowledged(SimClient to, Assignment assignment, int xid, MessageType answered);

    void refused(SimClient to, int xid);

    /** A lease is durable until {@code expiry}, whether its client hears of it or not. */
    void granted(SimClient to, Ipv4 address, long expiry);

    void gaveBack(SimClient from, Ipv4 address);
}
