package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Builds what DHCP clients and relay agents send, for the test client, the load client and tests. Not for use by two
 * threads; may be encoded again after a change.
 */
public final class ClientMessage {

    /** Ethernet's MTU: test clients are not held to 576 bytes. */
    private static final int MAX_SIZE = 1500;

    private final MessageType type;
    private final OptionSet.Builder options = OptionSet.builder();
    private int htype;
    private @Nullable MacAddress mac;
    private int hops;
    private int xid;
    private int secs;
    private int flags;
    private Ipv4 ciaddr = Ipv4.ANY;
    private Ipv4 giaddr = Ipv4.ANY;
    private @Nullable Seal seal;

    private ClientMessage(MessageType type, int xid, @Nullable MacAddress mac) {
        this.type = type;
        this.xid = xid;
        this.mac = mac;
        this.htype = mac == null ? 32 : mac.htype();
    }

    /** A message of this type; without a MAC it is one of a client on InfiniBand (RFC 4390). */
    public static ClientMessage of(MessageType type, int xid, @Nullable MacAddress mac) {
        return new ClientMessage(type, xid, mac);
    }

    public ClientMessage xid(int value) {
        xid = value;
        return this;
    }

    public ClientMessage mac(MacAddress value) {
        mac = value;
        htype = value.htype();
        return this;
    }

    public ClientMessage hops(int value) {
        hops = value;
        return this;
    }

    public ClientMessage secs(int value) {
        secs = value;
        return this;
    }

    /** Sets or clears the broadcast flag. */
    public ClientMessage broadcast(boolean value) {
        flags = value ? Header.BROADCAST_FLAG : 0;
        return this;
    }

    public ClientMessage ciaddr(Ipv4 value) {
        ciaddr = value;
        return this;
    }

    public ClientMessage giaddr(Ipv4 value) {
        giaddr = value;
        return this;
    }

    /** Sets an option of code 1 to 254, encoded. */
    public ClientMessage option(int code, byte... value) {
        options.put(code, value);
        return this;
    }

    /** Sets an option that is one address, such as 50 or 54. */
    public ClientMessage option(int code, Ipv4 value) {
        return option(code, value.toBytes());
    }

    /** Sets option 55. */
    public ClientMessage ask(int... codes) {
        byte[] list = new byte[codes.length];
        for (int i = 0; i < codes.length; i++) {
            list[i] = (byte) codes[i];
        }
        return option(55, list);
    }

    /** Sets option 90 (RFC 3118), anew each time the message is encoded. */
    public ClientMessage seal(Seal value) {
        seal = value;
        return this;
    }

    /** Appends the encoded message. */
    public void writeTo(ByteBuf out) {
        Header header =
                new Header(Header.REQUEST, htype, mac, hops, xid, secs, flags, ciaddr, Ipv4.ANY, Ipv4.ANY, giaddr);
        Reply message = new Reply(header, type, DhcpPacket.NO_BYTES, DhcpPacket.NO_BYTES, options.build(), MAX_SIZE);
        PacketWriter.write(message.sealed(seal), out);
    }

    public byte[] toBytes() {
        ByteBuf out = Unpooled.buffer(Layout.BOOTP_SIZE);
        writeTo(out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
