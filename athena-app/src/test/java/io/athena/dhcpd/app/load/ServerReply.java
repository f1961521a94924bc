package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the clients of this package read in a reply.
 *
 * @param type option 53
 * @param leaseSeconds option 51, 0 when absent
 * @param serverId option 54, {@link Ipv4#ANY} when absent
 */
record ServerReply(int type, int xid, MacAddress mac, Ipv4 yiaddr, long leaseSeconds, Ipv4 serverId) {

    static final int OFFER = 2;
    static final int ACK = 5;
    static final int NAK = 6;

    private static final int OPTIONS_AT = 240;

    /** The reply in these bytes, empty when they hold none. */
    static Optional<ServerReply> read(ByteBuffer in) {
        if (in.remaining() < OPTIONS_AT || in.get(0) != 2 || in.getInt(236) != Datagram.COOKIE) {
            return Optional.empty();
        }
        int type = 0;
        long lease = 0;
        Ipv4 server = Ipv4.ANY;
        int at = OPTIONS_AT;
        while (at + 1 < in.limit() && in.get(at) != (byte) 255) {
            int code = in.get(at) & 0xff;
            int length = code == 0 ? -1 : in.get(at + 1) & 0xff;
            if (at + 2 + length > in.limit()) {
                return Optional.empty();
            }
            switch (code) {
                case 51 -> lease = in.getInt(at + 2) & 0xffffffffL;
                case 53 -> type = in.get(at + 2);
                case 54 -> server = new Ipv4(in.getInt(at + 2));
                default -> {
                    // Options of no concern to the load client.
                }
            }
            at += 2 + length;
        }
        byte[] mac = Arrays.copyOfRange(in.array(), in.arrayOffset() + 28, in.arrayOffset() + 34);
        return Optional.of(new ServerReply(
                type, in.getInt(4), MacAddress.of(MacAddress.ETHERNET, mac), new Ipv4(in.getInt(16)), lease, server));
    }
}
