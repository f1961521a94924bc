package io.athena.dhcpd.core.link;

import java.nio.charset.StandardCharsets;

/** ICMP echo (RFC 792): the request of a probe, and what is read of a reply. */
public final class EchoMessages {

    /** Bytes of a request, from the ICMP header on: the kernel puts the IP header in front. */
    public static final int SIZE = 28;

    private static final int ICMP_SIZE = 8;
    private static final int TOKEN_SIZE = 8;
    private static final int REQUEST = 8;
    private static final int REPLY = 0;

    /** For whoever meets a probe in a capture. */
    private static final byte[] NAME = "athena-dhcpd".getBytes(StandardCharsets.US_ASCII);

    private static final int PROTOCOL_ICMP = 1;
    private static final int SMALLEST_IP_HEADER = 20;
    private static final int PROTOCOL_AT = 9;
    private static final int SOURCE_AT = 12;

    private EchoMessages() {}

    /**
     * An echo request.
     *
     * @param message takes {@link #SIZE} bytes
     * @param id 16 bits
     * @param sequence 16 bits
     * @param token comes back in the reply; who cannot see the request cannot guess it
     */
    public static void request(byte[] message, int id, int sequence, long token) {
        WireBytes.put16(message, 0, REQUEST << 8);
        WireBytes.put16(message, 2, 0);
        WireBytes.put16(message, 4, id);
        WireBytes.put16(message, 6, sequence);
        WireBytes.put64(message, ICMP_SIZE, token);
        System.arraycopy(NAME, 0, message, ICMP_SIZE + TOKEN_SIZE, NAME.length);
        WireBytes.put16(message, 2, WireBytes.folded(WireBytes.sum(message, 0, SIZE)));
    }

    /** Whether a received IP packet is an echo reply that is long enough to carry a token. */
    public static boolean isReply(byte[] packet, int length) {
        if (length < SMALLEST_IP_HEADER || (packet[0] & 0xf0) != 0x40 || packet[PROTOCOL_AT] != PROTOCOL_ICMP) {
            return false;
        }
        int header = headerSize(packet);
        return header >= SMALLEST_IP_HEADER
                && length >= header + ICMP_SIZE + TOKEN_SIZE
                && WireBytes.get16(packet, header) == REPLY << 8;
    }

    /** The address that a packet came from, in network order. */
    public static int source(byte[] packet) {
        return WireBytes.get32(packet, SOURCE_AT);
    }

    /** The identifier of a reply. */
    public static int id(byte[] packet) {
        return WireBytes.get16(packet, headerSize(packet) + 4);
    }

    /** The sequence number of a reply. */
    public static int sequence(byte[] packet) {
        return WireBytes.get16(packet, headerSize(packet) + 6);
    }

    /** The token of a reply. */
    public static long token(byte[] packet) {
        return WireBytes.get64(packet, headerSize(packet) + ICMP_SIZE);
    }

    private static int headerSize(byte[] packet) {
        return (packet[0] & 0xf) * 4;
    }
}
