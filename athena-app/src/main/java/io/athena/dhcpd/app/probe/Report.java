package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.app.probe.ProbeSocket.Received;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.net.InetSocketAddress;

/** Tells the operator what happens. */
interface Report {

    /** A message leaves. */
    void sent(String what, int bytes, InetSocketAddress to);

    /** A reply came. */
    void reply(DhcpPacket packet, Received received);

    /** Something came that is no DHCP reply. */
    void unreadable(Received received);

    /** It is over. */
    void end();
}
