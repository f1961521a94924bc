package io.athena.dhcpd.core.net;

import java.util.Optional;

/**
 * An IPv4 address, ordered as an unsigned number.
 *
 * @param bits the address in network order, so that 10.0.0.1 is {@code 0x0a000001}
 */
public record Ipv4(int bits) implements Comparable<Ipv4> {

    /** 0.0.0.0, which DHCP uses for "none yet". */
    public static final Ipv4 ANY = new Ipv4(0);

    /** 255.255.255.255. */
    public static final Ipv4 BROADCAST = new Ipv4(-1);

    /** The address of four bytes at {@code offset}; the caller has checked that they are there. */
    public static Ipv4 of(byte[] bytes, int offset) {
        return new Ipv4((bytes[offset] & 0xff) << 24
                | (bytes[offset + 1] & 0xff) << 16
                | (bytes[offset + 2] & 0xff) << 8
                | (bytes[offset + 3] & 0xff));
    }

    /** Reads dotted-quad text. @throws IllegalArgumentException when it is not exactly four numbers of 0 to 255 */
    public static Ipv4 parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not an IPv4 address"));
    }

    /** Reads dotted-quad text; empty when it is not exactly four decimal numbers of 0 to 255. */
    public static Optional<Ipv4> tryParse(String text) {
        int bits = 0;
        int octets = 0;
        int digits = 0;
        int octet = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (digits == 0 || octet > 255 || octets == 4) {
                    return Optional.empty();
                }
                bits = bits << 8 | octet;
                octets++;
                digits = 0;
                octet = 0;
            } else if (c >= '0' && c <= '9' && digits < 3) {
                octet = octet * 10 + (c - '0');
                digits++;
            } else {
                return Optional.empty();
            }
        }
        return octets == 4 ? Optional.of(new Ipv4(bits)) : Optional.empty();
    }

    /** The four bytes in network order. */
    public byte[] toBytes() {
        return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    }

    /** The address as a number of 0 to 2^32-1. */
    public long toLong() {
        return Integer.toUnsignedLong(bits);
    }

    /** The address {@code n} further on, wrapping at the end of the space. */
    public Ipv4 plus(int n) {
        return new Ipv4(bits + n);
    }

    public boolean isAny() {
        return bits == 0;
    }

    public boolean isLoopback() {
        return bits >>> 24 == 127;
    }

    public boolean isMulticast() {
        return bits >>> 28 == 0xe;
    }

    /** Whether a host could have it: not 0/8, loopback, multicast, reserved (240/4) or broadcast. */
    public boolean isUnicastHost() {
        int first = bits >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    @Override
    public int compareTo(Ipv4 other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
