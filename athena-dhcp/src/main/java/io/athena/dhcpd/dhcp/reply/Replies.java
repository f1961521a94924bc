package io.athena.dhcpd.dhcp.reply;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Header;
import io.athena.dhcpd.dhcp.wire.Reply;
import org.jspecify.annotations.Nullable;

/** Puts a reply together: the header of RFC 2131 table 3 around its options. */
public final class Replies {

    private static final int SERVER_NAME = 66;
    private static final int BOOT_FILE = 67;
    private static final int MAX_SERVER_NAME = 63;
    private static final int MAX_BOOT_FILE = 127;
    private static final byte[] NONE = {};

    private Replies() {}

    /**
     * The reply to {@code request}. Boot ROMs read server name and boot file in the header, so the configured ones stand
     * there too when they are short enough.
     *
     * @param type OFFER, ACK, NAK, or BOOTP
     * @param request what is answered
     * @param yiaddr the address that is given; {@link Ipv4#ANY} for a NAK and the ACK to INFORM
     * @param nextServer siaddr, or null for none
     * @param configured the options of the client's scope
     * @param options the options to send, from {@link ReplyOptions}
     * @param mtu the largest IP datagram of the interface, in bytes
     */
    public static Reply of(
            MessageType type,
            DhcpPacket request,
            Ipv4 yiaddr,
            @Nullable Ipv4 nextServer,
            OptionSet configured,
            OptionSet options,
            int mtu) {
        boolean refuses = type == MessageType.NAK;
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
                refuses || nextServer == null ? Ipv4.ANY : nextServer,
                request.giaddr());
        return new Reply(
                header,
                type,
                refuses ? NONE : upTo(MAX_SERVER_NAME, configured.get(SERVER_NAME)),
                refuses ? NONE : upTo(MAX_BOOT_FILE, configured.get(BOOT_FILE)),
                options,
                Math.min(request.maxMessageSize(), mtu));
    }

    private static byte[] upTo(int max, byte @Nullable [] text) {
        return text == null || text.length > max ? NONE : text;
    }
}
