package io.athena.dhcpd.ddns.name;

import org.jspecify.annotations.Nullable;

/**
 * What was decided about a lease's name, as it is stored with the lease.
 *
 * @param forward whether this server keeps the A record; else the client does (RFC 4702 section 2.1, flag S)
 * @param declined whether the client wants nothing in DNS at all (flag N)
 */
public record NameDecision(boolean forward, boolean declined) {

    private static final int VERSION = 1;
    private static final int FORWARD = 1;
    private static final int DECLINED = 2;

    /** About a client that does not mind. */
    public NameDecision(boolean forward) {
        this(forward, false);
    }

    /** The stored form: a version and a byte of flags. */
    public byte[] encode() {
        return new byte[] {VERSION, (byte) ((forward ? FORWARD : 0) | (declined ? DECLINED : 0))};
    }

    /** Reverses {@link #encode}; what is absent or of a later version is taken for this server's own name. */
    public static NameDecision decode(byte @Nullable [] record) {
        if (record == null || record.length < 2 || record[0] != VERSION) {
            return new NameDecision(true);
        }
        return new NameDecision((record[1] & FORWARD) != 0, (record[1] & DECLINED) != 0);
    }
}
