package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** What all messages of athena.proto have in common. */
final class WireFormat {

    /** The version that this code writes; a record of a higher one cannot be read by it. */
    static final int VERSION = 1;

    /** The number of the version field in every message. */
    static final int VERSION_FIELD = 30;

    /** Hardware types are one byte. */
    static final int MAX_HTYPE = 255;

    private WireFormat() {}

    /** Refuses records that were cut short, and those of a newer version. */
    static void requireVersion(int version) throws CorruptRecordException {
        if (version == 0) {
            throw new CorruptRecordException("the record has no version: it was cut short");
        }
        if (version > VERSION) {
            throw new CorruptRecordException("the record has version " + version + ", newer than " + VERSION);
        }
    }

    static <T> T require(@Nullable T value, String name) throws CorruptRecordException {
        if (value == null) {
            throw new CorruptRecordException("the record has no " + name);
        }
        return value;
    }

    static Cidr subnet(int network, int prefix) throws CorruptRecordException {
        try {
            return new Cidr(new Ipv4(network), prefix);
        } catch (IllegalArgumentException e) {
            throw new CorruptRecordException("the subnet is none: " + e.getMessage());
        }
    }

    static @Nullable MacAddress mac(int htype, byte @Nullable [] bytes) throws CorruptRecordException {
        try {
            return bytes == null ? null : MacAddress.of(htype, bytes);
        } catch (IllegalArgumentException e) {
            throw new CorruptRecordException(e.getMessage());
        }
    }

    static void writeMac(WireWriter out, int htypeField, int macField, @Nullable MacAddress mac) {
        if (mac != null) {
            out.number(htypeField, mac.htype());
            out.bytes(macField, mac.toBytes());
        }
    }
}
