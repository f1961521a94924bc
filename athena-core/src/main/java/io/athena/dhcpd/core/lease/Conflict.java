package io.athena.dhcpd.core.lease;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address that somebody else was found to use, or whose record is damaged. Times are epoch seconds.
 *
 * @param ip the address
 * @param subnet the subnet it belongs to
 * @param method how it was found
 * @param responderMac who answered, or the client that declined; null when unknown
 * @param detectedAt when it was last found
 * @param holdUntil when it may be tried again
 * @param count how often it was found since it was last cleared by hand
 * @param permanent whether only a person can clear it
 * @param resolved whether the hold has ended or was cleared; the record stays for its count
 */
public record Conflict(
        Ipv4 ip,
        Cidr subnet,
        Method method,
        @Nullable MacAddress responderMac,
        long detectedAt,
        long holdUntil,
        int count,
        boolean permanent,
        boolean resolved) {

    /** How a conflict was found; the code is the stored form. */
    public enum Method {
        ARP_PROBE(1),
        ICMP_PROBE(2),
        CLIENT_DECLINE(3),
        DAMAGED_RECORD(4);

        private final int code;

        Method(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        /** The method of a stored code. @throws IllegalArgumentException when there is none */
        public static Method ofCode(int code) {
            for (Method method : values()) {
                if (method.code == code) {
                    return method;
                }
            }
            throw new IllegalArgumentException("no detection method has the code " + code);
        }

        /** Lower-case name, for events, logs and JSON. */
        public String tag() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The same in the subnet that has its address now. */
    public Conflict in(Cidr owner) {
        return new Conflict(ip, owner, method, responderMac, detectedAt, holdUntil, count, permanent, resolved);
    }

    /** The same after its hold; the count is kept. */
    public Conflict ended() {
        return new Conflict(ip, subnet, method, responderMac, detectedAt, holdUntil, count, false, true);
    }

    /** The same after a person cleared it at {@code now}: it counts no more. */
    public Conflict cleared(long now) {
        return new Conflict(ip, subnet, method, responderMac, detectedAt, resolved ? holdUntil : now, 0, false, true);
    }

    /** Whether the address is withheld at {@code now}. */
    public boolean withholds(long now) {
        return !resolved && (permanent || holdUntil > now);
    }
}
