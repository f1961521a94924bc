package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lease as it crosses the control socket and as {@code leases --format json} prints it. Times are epoch seconds,
 * 4294967295 for ever; identifiers that are not printable text are {@code 0x} and hex; {@code key} is the stored form
 * of the holder's identity in hex; {@code proof} is the secret ID and the counter of the message by which the holder
 * last showed who it is (RFC 3118), with a colon between them.
 */
public record LeaseRow(
        String ip,
        @Nullable String mac,
        @Nullable String clientId,
        @Nullable String hostname,
        @Nullable String fqdn,
        String subnet,
        @Nullable String pool,
        String state,
        long start,
        long expiry,
        String giaddr,
        @Nullable String circuitId,
        @Nullable String remoteId,
        @Nullable String vendorClass,
        @Nullable String option82,
        long lastTransaction,
        long lastUpdated,
        String key,
        @Nullable String proof) {

    public LeaseRow {
        Objects.requireNonNull(ip, "ip");
        Objects.requireNonNull(subnet, "subnet");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(giaddr, "giaddr");
        Objects.requireNonNull(key, "key");
    }

    /** The row of a lease. */
    public static LeaseRow of(Lease lease) {
        return new LeaseRow(
                lease.ip().toString(),
                text(lease.mac()),
                text(lease.clientId()),
                lease.hostname(),
                lease.fqdn(),
                lease.subnet().toString(),
                text(lease.poolStart()),
                lease.state().tag(),
                lease.start(),
                lease.expiry(),
                lease.giaddr().toString(),
                text(lease.circuitId()),
                text(lease.remoteId()),
                text(lease.vendorClass()),
                text(lease.option82()),
                lease.lastTransaction(),
                lease.lastUpdated(),
                HexFormat.of().formatHex(lease.key().toBytes()),
                text(lease.proof()));
    }

    /** The lease of this row; the decision on its name is made anew. @throws IllegalArgumentException when a field is not what it should be */
    public Lease toLease() {
        return new Lease(
                Ipv4.parse(ip),
                LeaseState.valueOf(state.toUpperCase(Locale.ROOT)),
                ClientKey.ofBytes(HexFormat.of().parseHex(key)),
                mac == null ? null : MacAddress.parse(mac),
                bytes(clientId),
                hostname,
                fqdn,
                start,
                expiry,
                Cidr.parse(subnet),
                pool == null ? null : Ipv4.parse(pool),
                Ipv4.parse(giaddr),
                bytes(option82),
                bytes(circuitId),
                bytes(remoteId),
                bytes(vendorClass),
                lastTransaction,
                lastUpdated,
                null,
                proof(proof));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : HexText.of(bytes);
    }

    private static @Nullable String text(@Nullable Record value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String text(@Nullable Proof proof) {
        return proof == null ? null : proof.secretId() + ":" + Long.toUnsignedString(proof.counter());
    }

    private static @Nullable Proof proof(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(":", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("proof is '" + text + "', not an id and a counter");
        }
        return new Proof(Integer.parseInt(parts[0]), Long.parseUnsignedLong(parts[1]));
    }

    private static @Nullable String text(@Nullable MacAddress mac) {
        return mac == null ? null : mac.toString();
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : HexText.parse(text);
    }
}
