package io.athena.dhcpd.core.net;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A hardware address: the ARP hardware type (RFC 2131 table 1, htype) and 1 to 16 bytes. Ethernet is type 1 with six
 * bytes; other types and lengths are as good a key.
 */
public final class MacAddress implements Comparable<MacAddress> {

    /** ARP hardware type of Ethernet. */
    public static final int ETHERNET = 1;

    private static final Pattern SPELLING =
            Pattern.compile("[0-9a-f]{2}([:-]?[0-9a-f]{2}){0,15}|[0-9a-f]{4}(\\.[0-9a-f]{4}){2}");

    private final int htype;
    private final byte[] bytes;

    /** Made when it is first asked for; two threads may both make it, and make the same. */
    private @Nullable String text;

    private MacAddress(int htype, byte[] bytes) {
        this.htype = htype;
        this.bytes = bytes;
    }

    /** Takes a copy of {@code bytes}. */
    public static MacAddress of(int htype, byte[] bytes) {
        if (bytes.length == 0 || bytes.length > 16) {
            throw new IllegalArgumentException("a hardware address has 1 to 16 bytes, not " + bytes.length);
        }
        return new MacAddress(htype & 0xff, bytes.clone());
    }

    /**
     * Reads an address in any common spelling: {@code aa:bb:cc:dd:ee:ff}, with dashes, {@code aabb.ccdd.eeff} or bare
     * hex; a type other than Ethernet stands before a slash ({@code 32/00:11...}).
     *
     * @throws IllegalArgumentException when it is none of them
     */
    public static MacAddress parse(String text) {
        String body = text.strip().toLowerCase(Locale.ROOT);
        int htype = ETHERNET;
        int slash = body.indexOf('/');
        if (slash > 0 && body.substring(0, slash).matches("[0-9]{1,3}")) {
            htype = Integer.parseInt(body.substring(0, slash));
            body = body.substring(slash + 1);
        }
        String hex = body.replaceAll("[:.-]", "");
        if (htype > 255 || !SPELLING.matcher(body).matches() || (htype == ETHERNET && hex.length() != 12)) {
            throw new IllegalArgumentException("'" + text + "' is not a MAC address such as aa:bb:cc:dd:ee:ff");
        }
        return new MacAddress(htype, HexFormat.of().parseHex(hex));
    }

    public int htype() {
        return htype;
    }

    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Whether it is a usable Ethernet unicast address: six bytes, no group bit, not all zero. */
    public boolean isEthernetUnicast() {
        return htype == ETHERNET && bytes.length == 6 && (bytes[0] & 1) == 0 && !isZero();
    }

    /** Whether every bit is set. */
    public boolean isBroadcast() {
        for (byte b : bytes) {
            if (b != -1) {
                return false;
            }
        }
        return true;
    }

    /** Whether no bit is set. */
    public boolean isZero() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(MacAddress other) {
        int byType = Integer.compare(htype, other.htype);
        return byType != 0 ? byType : Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MacAddress mac && mac.htype == htype && Arrays.equals(mac.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + htype;
    }

    /** Lower-case with colons; a type other than Ethernet in front ({@code 32/00:11:...}). */
    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            String hex = HexFormat.ofDelimiter(":").formatHex(bytes);
            known = htype == ETHERNET ? hex : htype + "/" + hex;
            text = known;
        }
        return known;
    }
}
