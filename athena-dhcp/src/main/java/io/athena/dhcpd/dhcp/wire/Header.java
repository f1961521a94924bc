package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * The fixed fields of a message (RFC 2131 section 2, table 1) except sname and file.
 *
 * @param op 1 from clients, 2 from servers
 * @param htype ARP hardware type
 * @param mac hlen and chaddr; null for hlen 0 (RFC 4390 section 2.1)
 * @param hops how many relay agents it passed
 * @param xid transaction id
 * @param secs seconds since the client began
 * @param flags the flags field; see {@link #BROADCAST_FLAG}
 * @param ciaddr the client's address if it has one
 * @param yiaddr the address it is given
 * @param siaddr the next server of its boot
 * @param giaddr the relay agent
 */
public record Header(
        int op,
        int htype,
        @Nullable MacAddress mac,
        int hops,
        int xid,
        int secs,
        int flags,
        Ipv4 ciaddr,
        Ipv4 yiaddr,
        Ipv4 siaddr,
        Ipv4 giaddr) {

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    /** The client cannot take unicast before it has its address (RFC 2131 section 2, figure 2). */
    public static final int BROADCAST_FLAG = 0x8000;
}
