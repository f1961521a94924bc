package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayPort;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What keeps an address from being given besides a lease, as it crosses the control socket; times are epoch seconds. */
public final class StandingRow {

    private StandingRow() {}

    /** An address that somebody else was found to use, whether it is still withheld or not. */
    public record Hold(
            String ip,
            String subnet,
            String method,
            @Nullable String mac,
            long detectedAt,
            long until,
            int count,
            boolean permanent,
            boolean resolved) {

        static Hold of(Conflict conflict) {
            return new Hold(
                    conflict.ip().toString(),
                    conflict.subnet().toString(),
                    conflict.method().tag(),
                    conflict.responderMac() == null
                            ? null
                            : conflict.responderMac().toString(),
                    conflict.detectedAt(),
                    conflict.holdUntil(),
                    conflict.count(),
                    conflict.permanent(),
                    conflict.resolved());
        }

        /** The conflict of this row. @throws IllegalArgumentException when a field is not what it should be */
        public Conflict toConflict() {
            return new Conflict(
                    Ipv4.parse(ip),
                    Cidr.parse(subnet),
                    Conflict.Method.valueOf(method.toUpperCase(Locale.ROOT)),
                    mac == null ? null : MacAddress.parse(mac),
                    detectedAt,
                    until,
                    count,
                    permanent,
                    resolved);
        }
    }

    /** An address that a person took out of allocation. */
    public record Excluded(String ip, String reason, String who, long since) {

        static Excluded of(Exclusion exclusion) {
            return new Excluded(exclusion.ip().toString(), exclusion.reason(), exclusion.who(), exclusion.since());
        }

        /** The exclusion of this row. @throws IllegalArgumentException when its address is none */
        public Exclusion toExclusion() {
            return new Exclusion(Ipv4.parse(ip), reason, who, since);
        }
    }

    /**
     * An address that is held for a client.
     *
     * @param key the stored form of its identity in hex
     * @param vendorClass option 60 of its DHCPDISCOVER in hex, or null where it makes no difference
     */
    public record Held(
            String ip,
            String key,
            long until,
            @Nullable String pool,
            @Nullable String giaddr,
            @Nullable String circuitId,
            @Nullable String remoteId,
            @Nullable String vendorClass) {

        static Held of(Offer offer) {
            RelayPort port = offer.port();
            return new Held(
                    offer.address().toString(),
                    HexFormat.of().formatHex(offer.key().toBytes()),
                    offer.until(),
                    offer.pool() == null ? null : offer.pool().toString(),
                    port == null ? null : port.giaddr().toString(),
                    port == null ? null : port.circuitId(),
                    port == null ? null : port.remoteId(),
                    offer.vendorClass() == null ? null : HexFormat.of().formatHex(offer.vendorClass()));
        }

        /** The OFFER of this row. @throws IllegalArgumentException when a field is not what it should be */
        public Offer toOffer() {
            return new Offer(
                    Ipv4.parse(ip),
                    ClientKey.ofBytes(HexFormat.of().parseHex(key)),
                    until,
                    pool == null ? null : Ipv4.parse(pool),
                    giaddr == null || circuitId == null || remoteId == null
                            ? null
                            : new RelayPort(Ipv4.parse(giaddr), circuitId, remoteId),
                    vendorClass == null ? null : HexFormat.of().parseHex(vendorClass),
                    null);
        }
    }
}
