package io.athena.dhcpd.dhcp.reply;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.BootHeader;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Header;
import io.athena.dhcpd.dhcp.wire.Reply;

/** Puts a reply together: the header of RFC 2131 table 3 around its options. */
public final class Replies {

    private Replies() {}

    /**
     * The reply to {@code request}.
     *
     * @param type OFFER, ACK, NAK, or BOOTP
     * @param request what is answered
     * @param yiaddr the address that is given; {@link Ipv4#ANY} for a NAK and the ACK to INFORM
     * @param boot the boot fields; a NAK has none whatever they say
     * @param options the options to send, from {@link ReplyOptions}
     * @param mtu the largest IP datagram of the interface, in bytes
     */
    public static Reply of(
            MessageType type, DhcpPacket request, Ipv4 yiaddr, BootHeader boot, OptionSet options, int mtu) {
        BootHeader fields = type == MessageType.NAK ? BootHeader.NONE : boot;
        boolean keepsCiaddr = type == MessageType.ACK || type == MessageType.BOOTP;
        Header header = new Header(
                Header.REPLY,
                request.htype(),
                request.chaddr(),
                0,
                request.xid(),
                0,
                ReplyRoute.flags(type, request),
                keepsCiaddr ? request.ciaddr() : Ipv4.ANY,
                yiaddr,
                fields.siaddr(),
                request.giaddr());
        return new Reply(header, type, fields.sname(), fields.file(), options, Math.min(request.maxMessageSize(), mtu));
    }
}
