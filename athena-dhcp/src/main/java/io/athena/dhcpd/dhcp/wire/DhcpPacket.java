package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.lease.ClientFqdn;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import org.jspecify.annotations.Nullable;

/**
 * A decoded message. Immutable; arrays are shared and must not be changed. The typed readers give null or the default
 * for an option that is absent or of the wrong length, so that an odd option is as good as none.
 *
 * @param header the fixed fields
 * @param type the message type; {@link MessageType#BOOTP} without option 53
 * @param sname the server name field up to its first NUL; empty when it carried options
 * @param file the boot file field up to its first NUL; empty when it carried options
 * @param options all options but 52, long ones joined (RFC 3396), from the areas options, file and sname
 * @param datagram the message as it came where it has option 90, which is about all its bytes (RFC 3118); else null
 */
public record DhcpPacket(
        Header header, MessageType type, byte[] sname, byte[] file, OptionSet options, byte @Nullable [] datagram)
        implements Decoded {

    static final byte[] NO_BYTES = {};

    /** The size of IP datagram that every client takes (RFC 2131 section 2). */
    public static final int DEFAULT_MAX_SIZE = 576;

    public int op() {
        return header.op();
    }

    public int htype() {
        return header.htype();
    }

    /** Length of the hardware address, 0 when there is none. */
    public int hlen() {
        MacAddress mac = header.mac();
        return mac == null ? 0 : mac.length();
    }

    public int hops() {
        return header.hops();
    }

    public int xid() {
        return header.xid();
    }

    public int secs() {
        return header.secs();
    }

    public int flags() {
        return header.flags();
    }

    public Ipv4 ciaddr() {
        return header.ciaddr();
    }

    public Ipv4 yiaddr() {
        return header.yiaddr();
    }

    public Ipv4 siaddr() {
        return header.siaddr();
    }

    public Ipv4 giaddr() {
        return header.giaddr();
    }

    /** The hardware address; null for hlen 0, which only hardware type 32 may have (RFC 4390 section 2.1). */
    public @Nullable MacAddress chaddr() {
        return header.mac();
    }

    /** Whether the client asks for replies by broadcast. */
    public boolean broadcast() {
        return (header.flags() & Header.BROADCAST_FLAG) != 0;
    }

    public boolean isBootp() {
        return type == MessageType.BOOTP;
    }

    /** Option 61, or null when absent or empty. */
    public byte @Nullable [] clientId() {
        return nonEmpty(61);
    }

    /** Option 50, or null. */
    public @Nullable Ipv4 requestedAddress() {
        return address(50);
    }

    /** Option 54, or null. */
    public @Nullable Ipv4 serverId() {
        return address(54);
    }

    /** Option 118 (RFC 3011), or null. */
    public @Nullable Ipv4 subnetSelection() {
        return address(118);
    }

    /** Option 51 in seconds, or -1. */
    public long requestedLeaseTime() {
        byte[] value = options.get(51);
        return value == null || value.length != 4 ? -1 : Ipv4.of(value, 0).toLong();
    }

    /** Option 57 (RFC 2132 section 9.10), or 576 when it is absent or below that. */
    public int maxMessageSize() {
        byte[] value = options.get(57);
        int size = value == null || value.length != 2 ? 0 : (value[0] & 0xff) << 8 | (value[1] & 0xff);
        return Math.max(DEFAULT_MAX_SIZE, size);
    }

    /** Option 55 in the client's order, or null when absent or empty. */
    public byte @Nullable [] parameterRequestList() {
        return nonEmpty(55);
    }

    /** Whether the client lists {@code code} in option 55. */
    public boolean asksFor(int code) {
        byte[] list = options.get(55);
        if (list != null) {
            for (byte asked : list) {
                if ((asked & 0xff) == code) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether option 80 was sent (RFC 4039 section 4: its length is 0; with another it counts as absent). */
    public boolean rapidCommit() {
        return hasLength(80, 0);
    }

    /** Whether option 116 was sent (RFC 2563 section 2: its length is 1; with another it counts as absent). */
    public boolean autoConfigure() {
        return hasLength(116, 1);
    }

    private boolean hasLength(int code, int length) {
        byte[] value = options.get(code);
        return value != null && value.length == length;
    }

    /** Option 12 made printable, or null; see {@link ClientNames}. */
    public @Nullable String hostname() {
        byte[] value = options.get(12);
        return value == null ? null : ClientNames.hostname(value);
    }

    /** Option 81, or null when absent or unusable; see {@link FqdnOption}. */
    public @Nullable ClientFqdn fqdn() {
        byte[] value = options.get(81);
        return value == null ? null : FqdnOption.read(value);
    }

    /** Option 60, or null when absent or empty. */
    public byte @Nullable [] vendorClass() {
        return nonEmpty(60);
    }

    /** Option 77 as it came (RFC 3004), or null when absent or empty. */
    public byte @Nullable [] userClass() {
        return nonEmpty(77);
    }

    /** Option 93 as it came (RFC 4578 section 2.1), or null when absent or empty. */
    public byte @Nullable [] architecture() {
        return nonEmpty(93);
    }

    private byte @Nullable [] nonEmpty(int code) {
        byte[] value = options.get(code);
        return value == null || value.length == 0 ? null : value;
    }

    private @Nullable Ipv4 address(int code) {
        byte[] value = options.get(code);
        return value == null || value.length != 4 ? null : Ipv4.of(value, 0);
    }
}
