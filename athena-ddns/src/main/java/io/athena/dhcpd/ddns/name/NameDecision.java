package io.athena.dhcpd.ddns.name;

import org.jspecify.annotations.Nullable;

/**
 * What was decided about a lease's name, as it is stored with the lease.
 *
 * @param forward whether this server keeps the A record; else the client does (RFC 4702 section 2.1, flag S)
 */
public record NameDecision(boolean forward) {

    private static final int VERSION = 1;
    private static final int FORWARD = 1;

    /** The stored form: a version and a byte of flags. */
    public byte[] encode() {
        return new byte[] {VERSION, (byte) (forward ? FORWARD : 0)};
    }

    /** Reverses {@link #encode}; what is absent or of a later version is taken for this server's own name. */
    public static NameDecision decode(byte @Nullable [] record) {
        return new NameDecision(
                record == null || record.length < 2 || record[0] != VERSION || (record[1] & FORWARD) != 0);
    }
}
