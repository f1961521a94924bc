package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** Leases as the bytes of {@code message Lease} in athena.proto, and cheap looks into such bytes. */
public final class LeaseCodec {

    private static final int IP = 1;
    private static final int STATE = 2;
    private static final int EXPIRY = 3;
    private static final int KEY = 4;
    private static final int HTYPE = 5;
    private static final int MAC = 6;
    private static final int CLIENT_ID = 7;
    private static final int HOSTNAME = 8;
    private static final int FQDN = 9;
    private static final int START = 10;
    private static final int NETWORK = 11;
    private static final int PREFIX = 12;
    private static final int POOL_START = 13;
    private static final int GIADDR = 14;
    private static final int OPTION_82 = 15;
    private static final int CIRCUIT_ID = 16;
    private static final int REMOTE_ID = 17;
    private static final int VENDOR_CLASS = 18;
    private static final int LAST_TRANSACTION = 19;
    private static final int LAST_UPDATED = 20;
    private static final int NAME_DECISION = 21;
    private static final int SECRET_ID = 22;
    private static final int REPLAY_COUNTER = 23;

    private LeaseCodec() {}

    /** The stored form of a lease. */
    public static byte[] encode(Lease lease) {
        return WireWriter.encode(lease, LeaseCodec::write);
    }

    private static void write(Lease lease, WireWriter out) {
        out.fixed32(IP, lease.ip().bits());
        out.number(STATE, lease.state().code());
        out.number(EXPIRY, lease.expiry());
        out.key(KEY, lease.key());
        WireFormat.writeMac(out, HTYPE, MAC, lease.mac());
        out.bytes(CLIENT_ID, lease.clientId());
        out.text(HOSTNAME, lease.hostname());
        out.text(FQDN, lease.fqdn());
        out.number(START, lease.start());
        out.fixed32(NETWORK, lease.subnet().network().bits());
        out.number(PREFIX, lease.subnet().prefix());
        Ipv4 poolStart = lease.poolStart();
        if (poolStart != null) {
            out.presentFixed32(POOL_START, poolStart.bits());
        }
        out.fixed32(GIADDR, lease.giaddr().bits());
        out.bytes(OPTION_82, lease.option82());
        out.bytes(CIRCUIT_ID, lease.circuitId());
        out.bytes(REMOTE_ID, lease.remoteId());
        out.bytes(VENDOR_CLASS, lease.vendorClass());
        out.number(LAST_TRANSACTION, lease.lastTransaction());
        out.number(LAST_UPDATED, lease.lastUpdated());
        out.bytes(NAME_DECISION, lease.nameDecision());
        Proof proof = lease.proof();
        if (proof != null) {
            out.presentFixed32(SECRET_ID, proof.secretId());
            out.number(REPLAY_COUNTER, proof.counter());
        }
        out.number(WireFormat.VERSION_FIELD, WireFormat.VERSION);
    }

    /** Reverses {@link #encode}; unknown fields are skipped. @throws CorruptRecordException on any other bytes */
    public static Lease decode(byte[] image) throws CorruptRecordException {
        LeaseFields fields = new LeaseFields();
        WireReader in = new WireReader(image);
        while (in.next()) {
            fields.read(in);
        }
        return fields.toLease();
    }

    /** When the lease of an image ends. @throws CorruptRecordException when the bytes before that cannot be read */
    public static long expiryOf(byte[] image) throws CorruptRecordException {
        WireReader in = seek(image, EXPIRY);
        return in == null ? 0 : in.number();
    }

    /** The hardware address in an image, or null. @throws CorruptRecordException when the bytes cannot be read */
    public static @Nullable MacAddress macOf(byte[] image) throws CorruptRecordException {
        int htype = 0;
        WireReader in = new WireReader(image);
        while (in.next()) {
            if (in.field() == HTYPE) {
                htype = in.number(WireFormat.MAX_HTYPE);
            } else if (in.field() == MAC) {
                return WireFormat.mac(htype, in.bytes());
            } else if (in.field() > MAC) {
                return null;
            }
        }
        return null;
    }

    /** Option 61 in an image, or null. @throws CorruptRecordException when the bytes before that cannot be read */
    public static byte @Nullable [] clientIdOf(byte[] image) throws CorruptRecordException {
        WireReader in = seek(image, CLIENT_ID);
        return in == null ? null : in.bytes();
    }

    /** The remote id in an image, or null. @throws CorruptRecordException when the bytes before that cannot be read */
    public static byte @Nullable [] remoteIdOf(byte[] image) throws CorruptRecordException {
        WireReader in = seek(image, REMOTE_ID);
        return in == null ? null : in.bytes();
    }

    /** The state in an image. @throws CorruptRecordException when there is none that is known */
    public static LeaseState stateOf(byte[] image) throws CorruptRecordException {
        WireReader in = seek(image, STATE);
        return state(in == null ? 0 : in.number(Integer.MAX_VALUE));
    }

    /** When the record of an image was made. @throws CorruptRecordException when the bytes before that cannot be read */
    public static long lastUpdatedOf(byte[] image) throws CorruptRecordException {
        WireReader in = seek(image, LAST_UPDATED);
        return in == null ? 0 : in.number();
    }

    /** Whether an image is a lease of this client. @throws CorruptRecordException when the bytes cannot be read */
    public static boolean keyEquals(byte[] image, ClientKey key) throws CorruptRecordException {
        WireReader in = seek(image, KEY);
        return in != null && in.isKey(key);
    }

    /** The client of an image. @throws CorruptRecordException when there is none */
    public static ClientKey keyOf(byte[] image) throws CorruptRecordException {
        WireReader in = seek(image, KEY);
        return WireFormat.require(in == null ? null : key(in.bytes()), "client key");
    }

    private static @Nullable WireReader seek(byte[] image, int field) throws CorruptRecordException {
        WireReader in = new WireReader(image);
        while (in.next()) {
            if (in.field() == field) {
                return in;
            }
        }
        return null;
    }

    private static LeaseState state(int code) throws CorruptRecordException {
        try {
            return LeaseState.ofCode(code);
        } catch (IllegalArgumentException e) {
            throw new CorruptRecordException(e.getMessage());
        }
    }

    static ClientKey key(byte[] bytes) throws CorruptRecordException {
        try {
            return ClientKey.ofBytes(bytes);
        } catch (IllegalArgumentException e) {
            throw new CorruptRecordException(e.getMessage());
        }
    }

    /** The fields of one message while it is read; in any order, the last of a number wins. */
    private static final class LeaseFields {
        private int ip;
        private int state;
        private long expiry;
        private @Nullable ClientKey key;
        private int htype;
        private byte @Nullable [] mac;
        private byte @Nullable [] clientId;
        private @Nullable String hostname;
        private @Nullable String fqdn;
        private long start;
        private int network;
        private int prefix;
        private @Nullable Ipv4 poolStart;
        private int giaddr;
        private byte @Nullable [] option82;
        private byte @Nullable [] circuitId;
        private byte @Nullable [] remoteId;
        private byte @Nullable [] vendorClass;
        private long lastTransaction;
        private long lastUpdated;
        private byte @Nullable [] nameDecision;
        private boolean proven;
        private int secretId;
        private long counter;
        private int version;

        void read(WireReader in) throws CorruptRecordException {
            switch (in.field()) {
                case IP -> ip = in.fixed32();
                case STATE -> state = in.number(Integer.MAX_VALUE);
                case EXPIRY -> expiry = in.number();
                case KEY -> key = key(in.bytes());
                case HTYPE -> htype = in.number(WireFormat.MAX_HTYPE);
                case MAC -> mac = in.bytes();
                case CLIENT_ID -> clientId = in.bytes();
                case HOSTNAME -> hostname = in.text();
                case FQDN -> fqdn = in.text();
                case START -> start = in.number();
                case NETWORK -> network = in.fixed32();
                case PREFIX -> prefix = in.number(32);
                case POOL_START -> poolStart = new Ipv4(in.fixed32());
                case GIADDR -> giaddr = in.fixed32();
                case OPTION_82 -> option82 = in.bytes();
                case CIRCUIT_ID -> circuitId = in.bytes();
                case REMOTE_ID -> remoteId = in.bytes();
                case VENDOR_CLASS -> vendorClass = in.bytes();
                case LAST_TRANSACTION -> lastTransaction = in.number();
                case LAST_UPDATED -> lastUpdated = in.number();
                case NAME_DECISION -> nameDecision = in.bytes();
                case SECRET_ID -> {
                    proven = true;
                    secretId = in.fixed32();
                }
                case REPLAY_COUNTER -> counter = in.number();
                case WireFormat.VERSION_FIELD -> version = in.number(Integer.MAX_VALUE);
                default -> {
                    // A field of a later minor change: skipped by the reader.
                }
            }
        }

        Lease toLease() throws CorruptRecordException {
            WireFormat.requireVersion(version);
            MacAddress hardware = WireFormat.mac(htype, mac);
            return new Lease(
                    new Ipv4(ip),
                    state(state),
                    WireFormat.require(key, "client key"),
                    hardware,
                    clientId,
                    hostname,
                    fqdn,
                    start,
                    expiry,
                    WireFormat.subnet(network, prefix),
                    poolStart,
                    new Ipv4(giaddr),
                    option82,
                    circuitId,
                    remoteId,
                    vendorClass,
                    lastTransaction,
                    lastUpdated,
                    nameDecision,
                    proven ? new Proof(secretId, counter) : null);
        }
    }
}
