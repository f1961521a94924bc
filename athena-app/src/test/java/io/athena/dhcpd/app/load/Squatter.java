package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A host that is slow to say that it uses an address: {@code Squatter INTERFACE MILLIS ADDRESS...} answers ARP requests
 * for these addresses so long after they came, until it is ended. The kernel of its namespace must not have them.
 */
final class Squatter {

    private static final int ARP_AT = 14;
    private static final int SENDER_AT = ARP_AT + 8;
    private static final int TARGET_AT = ARP_AT + 18;
    private static final int FRAME_SIZE = ARP_AT + 28;

    /** Ethernet, IPv4, lengths 6 and 4, and whether it is a request or a reply (RFC 826). */
    private static final byte[] REQUEST = {0, 1, 8, 0, 6, 4, 0, 1};

    private static final byte[] REPLY = {0, 1, 8, 0, 6, 4, 0, 2};

    private record Due(long at, byte[] frame) {}

    private final byte[] mac;
    private final long nanos;
    private final Set<ByteBuffer> addresses;
    private final Deque<Due> late = new ArrayDeque<>();

    private Squatter(byte[] mac, long nanos, Set<ByteBuffer> addresses) {
        this.mac = mac;
        this.nanos = nanos;
        this.addresses = addresses;
    }

    public static void main(String[] args) throws IOException {
        Set<ByteBuffer> addresses = new HashSet<>();
        for (String address : Arrays.asList(args).subList(2, args.length)) {
            addresses.add(ByteBuffer.wrap(Ipv4.parse(address).toBytes()));
        }
        byte[] mac = MacAddress.parse(PacketPort.fact(args[0], "address")).toBytes();
        long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[1]));
        try (PacketPort port = PacketPort.ofArp(args[0])) {
            new Squatter(mac, nanos, addresses).answerAll(port);
        }
    }

    private void answerAll(PacketPort port) throws IOException {
        while (!Thread.interrupted()) {
            Optional<byte[]> request = port.receiveFrame().filter(this::isForUs);
            request.ifPresent(frame -> late.add(new Due(System.nanoTime() + nanos, reply(frame))));
            while (!late.isEmpty() && late.peek().at() - System.nanoTime() <= 0) {
                byte[] frame = late.remove().frame();
                port.send(frame, frame.length);
            }
        }
    }

    private boolean isForUs(byte[] frame) {
        return frame.length >= FRAME_SIZE
                && Arrays.equals(frame, ARP_AT, SENDER_AT, REQUEST, 0, REQUEST.length)
                && addresses.contains(ByteBuffer.wrap(frame, TARGET_AT + 6, 4));
    }

    private byte[] reply(byte[] request) {
        return ByteBuffer.allocate(FRAME_SIZE)
                .put(request, 6, 6)
                .put(mac)
                .putShort((short) 0x0806)
                .put(REPLY)
                .put(mac)
                .put(request, TARGET_AT + 6, 4)
                .put(request, SENDER_AT, 10)
                .array();
    }
}
