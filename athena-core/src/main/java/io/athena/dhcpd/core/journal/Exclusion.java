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

    /** A reason has at most this many characters. */
    public static final int LONGEST_REASON = 200;

    private static final int IP = 1;
    private static final int REASON = 2;
    private static final int WHO = 3;
    private static final int SINCE = 4;

    /** Why a reason is none that can be kept, in a sentence; empty when it can. */
    public static String objectionTo(String reason) {
        if (reason.isBlank()) {
            return "an exclusion needs a reason, for whoever finds it later";
        }
        if (reason.length() > LONGEST_REASON) {
            return "the reason is longer than " + LONGEST_REASON + " characters";
        }
        boolean printable = reason.codePoints().noneMatch(Exclusion::isUnprintable);
        return printable ? "" : "the reason has control characters in it; write it in one line of plain text";
    }

    /** The same from another time on. */
    public Exclusion at(long when) {
        return new Exclusion(ip, reason, who, when);
    }

    /** What a terminal might obey, or show as something else than what was written. */
    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

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
