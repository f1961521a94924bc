package io.athena.dhcpd.core.lease;

import org.jspecify.annotations.Nullable;

/**
 * DHCP message types (RFC 2132 section 9.6, RFC 4388, RFC 6926, RFC 7724); a BOOTP packet has none and is told by
 * {@link #BOOTP}.
 */
public enum MessageType {
    BOOTP(0),
    DISCOVER(1),
    OFFER(2),
    REQUEST(3),
    DECLINE(4),
    ACK(5),
    NAK(6),
    RELEASE(7),
    INFORM(8),
    LEASEQUERY(10),
    LEASEUNASSIGNED(11),
    LEASEUNKNOWN(12),
    LEASEACTIVE(13),
    BULKLEASEQUERY(14),
    LEASEQUERYDONE(15),
    ACTIVELEASEQUERY(16),
    LEASEQUERYSTATUS(17),
    TLS(18);

    private static final MessageType[] BY_CODE = new MessageType[256];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
        BY_CODE[0] = null;
    }

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /** The value of option 53. */
    public int code() {
        return code;
    }

    /** The type with this value of option 53, or null when there is none. */
    public static @Nullable MessageType ofCode(int code) {
        return BY_CODE[code & 0xff];
    }

    /** Lower-case name, for logs and meters. */
    public String tag() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
