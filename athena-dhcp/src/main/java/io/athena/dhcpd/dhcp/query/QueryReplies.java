package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Header;
import io.athena.dhcpd.dhcp.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the answers to leasequeries together. */
final class QueryReplies {

    private static final int CLIENT_ID = 61;
    private static final int STATUS_CODE = 151;
    private static final byte[] NONE = {};

    /** A message over TCP is as long as its two bytes of length can say. */
    private static final int MAX_OVER_TCP = 0xffff;

    private QueryReplies() {}

    /** DHCPLEASEACTIVE by datagram (RFC 4388 section 6.4.2). */
    static Reply active(DhcpPacket query, Binding binding, List<Ipv4> associated, Ipv4 serverId, long now, int mtu) {
        OptionSet.Builder options = OptionSet.builder().put(QueryOptions.SERVER_ID, serverId.toBytes());
        QueryOptions.ofDatagram(query).put(binding, associated, now, options);
        Header header = datagramHeader(query, mac(binding.lease()), binding.address());
        return datagram(query, MessageType.LEASEACTIVE, header, options, mtu);
    }

    /** DHCPLEASEUNASSIGNED or DHCPLEASEUNKNOWN by datagram: what was asked about comes back, and nothing else. */
    static Reply negative(DhcpPacket query, MessageType type, Ipv4 serverId, int mtu) {
        OptionSet.Builder options = OptionSet.builder().put(QueryOptions.SERVER_ID, serverId.toBytes());
        byte[] clientId = query.clientId();
        if (clientId != null) {
            options.put(CLIENT_ID, clientId);
        }
        return datagram(query, type, datagramHeader(query, query.chaddr(), query.ciaddr()), options, mtu);
    }

    private static Reply datagram(
            DhcpPacket query, MessageType type, Header header, OptionSet.Builder options, int mtu) {
        return new Reply(header, type, NONE, NONE, options.build(), Math.min(query.maxMessageSize(), mtu));
    }

    private static Header datagramHeader(DhcpPacket query, @Nullable MacAddress mac, Ipv4 ciaddr) {
        return new Header(
                Header.REPLY,
                mac == null ? 0 : mac.htype(),
                mac,
                0,
                query.xid(),
                0,
                query.flags(),
                ciaddr,
                Ipv4.ANY,
                Ipv4.ANY,
                query.giaddr());
    }

    /**
     * DHCPLEASEACTIVE or DHCPLEASEUNASSIGNED over TCP (RFC 6926 section 8.2).
     *
     * @param serverId option 54, which the first answer to a query carries; null in the others
     */
    static Reply binding(int xid, Binding binding, QueryOptions asked, @Nullable Ipv4 serverId, long now) {
        OptionSet.Builder options = options(serverId);
        // Whatever is counted from now needs to say when that is, since the message may wait on its way.
        options.put(QueryOptions.BASE_TIME, QueryOptions.number(now));
        asked.put(binding, List.of(), now, options);
        MessageType type = binding.isActive() ? MessageType.LEASEACTIVE : MessageType.LEASEUNASSIGNED;
        return stream(xid, type, mac(binding.lease()), binding.address(), options);
    }

    /** DHCPLEASEQUERYDONE, which ends the answers to a query. */
    static Reply done(int xid, QueryStatus status, String text, @Nullable Ipv4 serverId) {
        OptionSet.Builder options = options(serverId);
        if (status != QueryStatus.SUCCESS) {
            options.put(STATUS_CODE, status(status, text));
        }
        return stream(xid, MessageType.LEASEQUERYDONE, null, Ipv4.ANY, options);
    }

    /** DHCPLEASEQUERYSTATUS (RFC 7724 section 8.2). */
    static Reply status(int xid, QueryStatus status, String text, @Nullable Ipv4 serverId, long now) {
        OptionSet.Builder options = options(serverId)
                .put(QueryOptions.BASE_TIME, QueryOptions.number(now))
                .put(STATUS_CODE, status(status, text));
        return stream(xid, MessageType.LEASEQUERYSTATUS, null, Ipv4.ANY, options);
    }

    /** DHCPTLS (RFC 7724 section 8.1): without a status, TLS begins with the next byte. */
    static Reply tls(int xid, boolean accepted) {
        OptionSet.Builder options = OptionSet.builder();
        if (!accepted) {
            options.put(STATUS_CODE, status(QueryStatus.TLS_CONNECTION_REFUSED, "no TLS is configured"));
        }
        return stream(xid, MessageType.TLS, null, Ipv4.ANY, options);
    }

    private static Reply stream(
            int xid, MessageType type, @Nullable MacAddress mac, Ipv4 ciaddr, OptionSet.Builder options) {
        Header header = new Header(
                Header.REPLY, mac == null ? 0 : mac.htype(), mac, 0, xid, 0, 0, ciaddr, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY);
        return new Reply(header, type, NONE, NONE, options.build(), MAX_OVER_TCP);
    }

    private static OptionSet.Builder options(@Nullable Ipv4 serverId) {
        OptionSet.Builder options = OptionSet.builder();
        return serverId == null ? options : options.put(QueryOptions.SERVER_ID, serverId.toBytes());
    }

    private static @Nullable MacAddress mac(@Nullable Lease lease) {
        return lease == null ? null : lease.mac();
    }

    private static byte[] status(QueryStatus status, String text) {
        byte[] words = text.getBytes(StandardCharsets.UTF_8);
        byte[] value = new byte[1 + words.length];
        value[0] = (byte) status.code();
        System.arraycopy(words, 0, value, 1, words.length);
        return value;
    }
}
