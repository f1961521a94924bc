package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

/** Splits the stream by the two bytes of length in front of each message (RFC 6926 section 6.1). */
final class QueryFrames {

    private static final int LENGTH_SIZE = 2;
    private static final int LONGEST = LENGTH_SIZE + PacketDecoder.MAX_MESSAGE;

    private QueryFrames() {}

    /** A decoder for one stream; it fails as soon as a length says that the message is longer than any is read. */
    static LengthFieldBasedFrameDecoder decoder() {
        return new LengthFieldBasedFrameDecoder(LONGEST, 0, LENGTH_SIZE, 0, LENGTH_SIZE);
    }
}
