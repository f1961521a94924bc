package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reply as it was on the wire, down to the frame.
 *
 * @param toMac destination of the frame
 * @param to destination of the IP datagram
 * @param toPort destination port
 * @param checksumsRight whether the checksums of IP and UDP are those of the bytes
 * @param message the DHCP message
 * @param options of the options field, in their order, as many pieces as came
 */
record HeardReply(
        MacAddress toMac,
        Ipv4 from,
        Ipv4 to,
        int fromPort,
        int toPort,
        boolean checksumsRight,
        byte[] message,
        List<Option> options) {

    /** One piece of an option. */
    record Option(int code, byte[] value) {}

    static final MacAddress BROADCAST_MAC = MacAddress.parse("ff:ff:ff:ff:ff:ff");

    private static final int ETHERNET = 14;
    private static final int UDP = 17;
    private static final int SERVER_PORT = 67;
    private static final int OPTIONS_AT = 240;
    private static final int SNAME_AT = 44;
    private static final int FILE_AT = 108;
    private static final int COOKIE_AT = 236;

    /** The reply in a frame from a server's port, empty when there is none in it. */
    static Optional<HeardReply> read(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        if (frame.length < ETHERNET + 28 || in.getShort(12) != 0x0800 || in.get(ETHERNET + 9) != UDP) {
            return Optional.empty();
        }
        int udpAt = ETHERNET + 4 * (in.get(ETHERNET) & 0x0f);
        int length = in.getShort(udpAt + 4) & 0xffff;
        byte[] message = Arrays.copyOfRange(frame, udpAt + 8, udpAt + length);
        if (message.length < OPTIONS_AT || message[0] != 2 || in.getShort(udpAt) != SERVER_PORT) {
            return Optional.empty();
        }
        return Optional.of(new HeardReply(
                MacAddress.of(MacAddress.ETHERNET, Arrays.copyOf(frame, 6)),
                new Ipv4(in.getInt(ETHERNET + 12)),
                new Ipv4(in.getInt(ETHERNET + 16)),
                in.getShort(udpAt) & 0xffff,
                in.getShort(udpAt + 2) & 0xffff,
                sum(frame, ETHERNET, udpAt, 0) == 0xffff
                        && sum(frame, udpAt, udpAt + length, sum(frame, ETHERNET + 12, ETHERNET + 20, UDP + length))
                                == 0xffff,
                message,
                options(message, OPTIONS_AT, message.length)));
    }

    private static int sum(byte[] bytes, int from, int to, int start) {
        long sum = start;
        for (int i = from; i < to; i++) {
            sum += ((i - from) & 1) == 0 ? (bytes[i] & 0xff) << 8 : bytes[i] & 0xff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) sum;
    }

    private static List<Option> options(byte[] message, int from, int to) {
        List<Option> options = new ArrayList<>();
        int at = from;
        while (at < to && message[at] != (byte) 255) {
            if (message[at] == 0) {
                at++;
                continue;
            }
            int length = message[at + 1] & 0xff;
            options.add(new Option(message[at] & 0xff, Arrays.copyOfRange(message, at + 2, at + 2 + length)));
            at += 2 + length;
        }
        return options;
    }

    int type() {
        byte[] value = option(53);
        return value == null ? 0 : value[0];
    }

    int xid() {
        return ByteBuffer.wrap(message).getInt(4);
    }

    int flags() {
        return ByteBuffer.wrap(message).getShort(10) & 0xffff;
    }

    Ipv4 ciaddr() {
        return Ipv4.of(message, 12);
    }

    Ipv4 yiaddr() {
        return Ipv4.of(message, 16);
    }

    Ipv4 siaddr() {
        return Ipv4.of(message, 20);
    }

    Ipv4 giaddr() {
        return Ipv4.of(message, 24);
    }

    /** The boot file field up to its first NUL, as text. */
    String file() {
        int end = FILE_AT;
        while (end < COOKIE_AT && message[end] != 0) {
            end++;
        }
        return new String(message, FILE_AT, end - FILE_AT, StandardCharsets.US_ASCII);
    }

    /** The codes of the options field in the order in which they came. */
    List<Integer> codes() {
        return options.stream().map(Option::code).toList();
    }

    /** The options of all areas that option 52 says hold some, in the order of RFC 2131 section 4.1. */
    List<Option> allOptions() {
        List<Option> all = new ArrayList<>(options);
        byte[] overload = option(52);
        int areas = overload == null ? 0 : overload[0];
        if ((areas & 1) != 0) {
            all.addAll(options(message, FILE_AT, COOKIE_AT));
        }
        if ((areas & 2) != 0) {
            all.addAll(options(message, SNAME_AT, FILE_AT));
        }
        return all;
    }

    /** The whole value of an option of the options field, its pieces joined (RFC 3396), or null. */
    byte @Nullable [] option(int code) {
        return joined(options, code);
    }

    static byte @Nullable [] joined(List<Option> options, int code) {
        byte[] whole = null;
        for (Option option : options) {
            if (option.code() == code) {
                int old = whole == null ? 0 : whole.length;
                whole = whole == null
                        ? new byte[option.value().length]
                        : Arrays.copyOf(whole, old + option.value().length);
                System.arraycopy(option.value(), 0, whole, old, option.value().length);
            }
        }
        return whole;
    }

    /** An option of four bytes as a number, -1 when it is absent. */
    long number(int code) {
        byte[] value = option(code);
        return value == null || value.length != 4 ? -1 : Ipv4.of(value, 0).toLong();
    }

    /** An option as text, empty when it is absent. */
    String text(int code) {
        byte[] value = option(code);
        return value == null ? "" : new String(value, StandardCharsets.US_ASCII);
    }

    /** An option of four bytes as an address, {@link Ipv4#ANY} when it is absent. */
    Ipv4 address(int code) {
        byte[] value = option(code);
        return value == null || value.length != 4 ? Ipv4.ANY : Ipv4.of(value, 0);
    }
}
