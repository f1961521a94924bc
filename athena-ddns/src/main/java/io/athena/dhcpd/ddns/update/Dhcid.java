package io.athena.dhcpd.ddns.update;

import io.athena.dhcpd.core.net.ClientKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** What shows in DNS that a name is a certain client's, without showing who the client is (RFC 4701). */
public final class Dhcid {

    private static final int HARDWARE = 0;
    private static final int CLIENT_ID = 1;
    private static final int DUID = 2;
    private static final int SHA_256 = 1;

    /** The type of client identifiers that are made of an IAID and a DUID (RFC 4361 section 6.1). */
    private static final byte RFC_4361 = (byte) 0xff;

    /** Type and IAID. */
    private static final int BEFORE_DUID = 5;

    /** A DUID is its two-octet type and at least one octet more (RFC 8415 section 11.1). */
    private static final int SHORTEST_DUID = 3;

    private static final int LONGEST_LABEL = 63;

    private final byte[] data;

    private Dhcid(byte[] data) {
        this.data = data;
    }

    /**
     * Of a client that has a name.
     *
     * @param fqdn the whole name, with or without a dot at its end; its case does not matter (RFC 4701 section 3.5)
     */
    public static Dhcid of(ClientKey client, String fqdn) {
        // The stored form of a key: its kind, then option 61 as it was sent, or htype and address.
        byte[] key = client.toBytes();
        byte[] identifier = Arrays.copyOfRange(key, 1, key.length);
        if (!client.isClientId()) {
            return of(HARDWARE, identifier, fqdn);
        }
        if (identifier[0] == RFC_4361 && identifier.length >= BEFORE_DUID + SHORTEST_DUID) {
            // RFC 4701 section 3.3: the same device gets the same record by DHCPv4 and by DHCPv6.
            return of(DUID, Arrays.copyOfRange(identifier, BEFORE_DUID, identifier.length), fqdn);
        }
        return of(CLIENT_ID, identifier, fqdn);
    }

    /** RFC 4701 section 3.1: type of the identifier, type of the digest, digest over identifier and name. */
    static Dhcid of(int type, byte[] identifier, String fqdn) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(identifier);
            sha.update(wireForm(fqdn));
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            data.write(type >> Byte.SIZE);
            data.write(type);
            data.write(SHA_256);
            data.writeBytes(sha.digest());
            return new Dhcid(data.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The record's data on the wire. */
    public byte[] toBytes() {
        return data.clone();
    }

    /** The record's data as zone files and HTTP APIs have it. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(data);
    }

    /** Lower case, labels with their lengths, uncompressed (RFC 4701 section 3.5). */
    private static byte[] wireForm(String fqdn) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (String label : fqdn.toLowerCase(Locale.ROOT).split("\\.")) {
            byte[] octets = label.getBytes(StandardCharsets.ISO_8859_1);
            if (octets.length == 0 || octets.length > LONGEST_LABEL) {
                throw new IllegalArgumentException("'" + fqdn + "' is not a domain name");
            }
            wire.write(octets.length);
            wire.writeBytes(octets);
        }
        wire.write(0);
        return wire.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dhcid dhcid && Arrays.equals(dhcid.data, data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    /** As in a zone file. */
    @Override
    public String toString() {
        return toBase64();
    }
}
