package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Ipv4;
import org.jspecify.annotations.Nullable;

/** Conflicts as the bytes of {@code message Conflict} in athena.proto. */
public final class ConflictCodec {

    private static final int IP = 1;
    private static final int NETWORK = 2;
    private static final int PREFIX = 3;
    private static final int METHOD = 4;
    private static final int HTYPE = 5;
    private static final int RESPONDER_MAC = 6;
    private static final int DETECTED_AT = 7;
    private static final int HOLD_UNTIL = 8;
    private static final int COUNT = 9;
    private static final int PERMANENT = 10;
    private static final int RESOLVED = 11;

    private ConflictCodec() {}

    /** The stored form of a conflict. */
    public static byte[] encode(Conflict conflict) {
        return WireWriter.encode(conflict, ConflictCodec::write);
    }

    private static void write(Conflict conflict, WireWriter out) {
        out.fixed32(IP, conflict.ip().bits());
        out.fixed32(NETWORK, conflict.subnet().network().bits());
        out.number(PREFIX, conflict.subnet().prefix());
        out.number(METHOD, conflict.method().code());
        WireFormat.writeMac(out, HTYPE, RESPONDER_MAC, conflict.responderMac());
        out.number(DETECTED_AT, conflict.detectedAt());
        out.number(HOLD_UNTIL, conflict.holdUntil());
        out.number(COUNT, conflict.count());
        out.flag(PERMANENT, conflict.permanent());
        out.flag(RESOLVED, conflict.resolved());
        out.number(WireFormat.VERSION_FIELD, WireFormat.VERSION);
    }

    /** Reverses {@link #encode}; unknown fields are skipped. @throws CorruptRecordException on any other bytes */
    public static Conflict decode(byte[] image) throws CorruptRecordException {
        ConflictFields fields = new ConflictFields();
        WireReader in = new WireReader(image);
        while (in.next()) {
            fields.read(in);
        }
        return fields.toConflict();
    }

    /** The fields of one message while it is read; in any order, the last of a number wins. */
    private static final class ConflictFields {
        private int ip;
        private int network;
        private int prefix;
        private int method;
        private int htype;
        private byte @Nullable [] mac;
        private long detectedAt;
        private long holdUntil;
        private int count;
        private boolean permanent;
        private boolean resolved;
        private int version;

        void read(WireReader in) throws CorruptRecordException {
            switch (in.field()) {
                case IP -> ip = in.fixed32();
                case NETWORK -> network = in.fixed32();
                case PREFIX -> prefix = in.number(32);
                case METHOD -> method = in.number(Integer.MAX_VALUE);
                case HTYPE -> htype = in.number(WireFormat.MAX_HTYPE);
                case RESPONDER_MAC -> mac = in.bytes();
                case DETECTED_AT -> detectedAt = in.number();
                case HOLD_UNTIL -> holdUntil = in.number();
                case COUNT -> count = in.number(Integer.MAX_VALUE);
                case PERMANENT -> permanent = in.number() != 0;
                case RESOLVED -> resolved = in.number() != 0;
                case WireFormat.VERSION_FIELD -> version = in.number(Integer.MAX_VALUE);
                default -> {
                    // A field of a later minor change: skipped by the reader.
                }
            }
        }

        Conflict toConflict() throws CorruptRecordException {
            WireFormat.requireVersion(version);
            return new Conflict(
                    new Ipv4(ip),
                    WireFormat.subnet(network, prefix),
                    methodOf(method),
                    WireFormat.mac(htype, mac),
                    detectedAt,
                    holdUntil,
                    count,
                    permanent,
                    resolved);
        }

        private static Conflict.Method methodOf(int code) throws CorruptRecordException {
            try {
                return Conflict.Method.ofCode(code);
            } catch (IllegalArgumentException e) {
                throw new CorruptRecordException(e.getMessage());
            }
        }
    }
}
