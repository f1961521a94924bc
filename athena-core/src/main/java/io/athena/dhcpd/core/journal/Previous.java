package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.net.ClientKey;
import org.jspecify.annotations.Nullable;

/**
 * What a change replaced, for those who clean up after it (DNS, history).
 *
 * @param key the client that held the address before, or null when it is the same
 * @param fqdn the name that was in DNS before, or null when there was none or it is the same
 * @param expiry when the former lease ended or would have, epoch seconds
 * @param nameDecision what the name policy had decided about that name, or null
 */
public record Previous(@Nullable ClientKey key, @Nullable String fqdn, long expiry, byte @Nullable [] nameDecision) {

    private static final int KEY = 1;
    private static final int FQDN = 2;
    private static final int EXPIRY = 3;
    private static final int NAME_DECISION = 4;

    /** The stored form: {@code message Previous} in athena.proto. */
    public byte[] encode() {
        return WireWriter.encode(this, Previous::write);
    }

    private static void write(Previous previous, WireWriter out) {
        ClientKey former = previous.key();
        out.bytes(KEY, former == null ? null : former.toBytes());
        out.text(FQDN, previous.fqdn());
        out.number(EXPIRY, previous.expiry());
        out.bytes(NAME_DECISION, previous.nameDecision());
        out.number(WireFormat.VERSION_FIELD, WireFormat.VERSION);
    }

    /** Reverses {@link #encode}; unknown fields are skipped. @throws CorruptRecordException on any other bytes */
    public static Previous decode(byte[] image) throws CorruptRecordException {
        ClientKey key = null;
        String fqdn = null;
        long expiry = 0;
        byte[] nameDecision = null;
        int version = 0;
        WireReader in = new WireReader(image);
        while (in.next()) {
            switch (in.field()) {
                case KEY -> key = LeaseCodec.key(in.bytes());
                case FQDN -> fqdn = in.text();
                case EXPIRY -> expiry = in.number();
                case NAME_DECISION -> nameDecision = in.bytes();
                case WireFormat.VERSION_FIELD -> version = in.number(Integer.MAX_VALUE);
                default -> {
                    // A field of a later minor change: skipped by the reader.
                }
            }
        }
        WireFormat.requireVersion(version);
        return new Previous(key, fqdn, expiry, nameDecision);
    }
}
