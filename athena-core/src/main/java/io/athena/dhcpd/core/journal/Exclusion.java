package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.net.Ipv4;

/**
 * An address that a person took out of allocation.
 *
 * @param ip the address
 * @param reason why, in that person's words
 * @param who the user who did it
 * @param since when, epoch seconds
 */
public record Exclusion(Ipv4 ip, String reason, String who, long since) {

    private static final int IP = 1;
    private static final int REASON = 2;
    private static final int WHO = 3;
    private static final int SINCE = 4;

    /** The stored form: {@code message Exclusion} in athena.proto. */
    public byte[] encode() {
        return WireWriter.encode(this, Exclusion::write);
    }

    private static void write(Exclusion exclusion, WireWriter out) {
        out.fixed32(IP, exclusion.ip().bits());
        out.text(REASON, exclusion.reason());
        out.text(WHO, exclusion.who());
        out.number(SINCE, exclusion.since());
        out.number(WireFormat.VERSION_FIELD, WireFormat.VERSION);
    }

    /** Reverses {@link #encode}; unknown fields are skipped. @throws CorruptRecordException on any other bytes */
    public static Exclusion decode(byte[] image) throws CorruptRecordException {
        int ip = 0;
        String reason = "";
        String who = "";
        long since = 0;
        int version = 0;
        WireReader in = new WireReader(image);
        while (in.next()) {
            switch (in.field()) {
                case IP -> ip = in.fixed32();
                case REASON -> reason = in.text();
                case WHO -> who = in.text();
                case SINCE -> since = in.number();
                case WireFormat.VERSION_FIELD -> version = in.number(Integer.MAX_VALUE);
                default -> {
                    // A field of a later minor change: skipped by the reader.
                }
            }
        }
        WireFormat.requireVersion(version);
        return new Exclusion(new Ipv4(ip), reason, who, since);
    }
}
