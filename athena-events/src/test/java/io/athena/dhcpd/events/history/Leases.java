package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Leases of clients that go by one letter, which is their host name as well. */
public final class Leases {

    public static final Ipv4 IP = Ipv4.parse("192.0.2.5");

    private Leases() {}

    public static MacAddress mac(String client) {
        return MacAddress.of(
                MacAddress.ETHERNET, new byte[] {2, 0, 0, 0, 0, client.getBytes(StandardCharsets.US_ASCII)[0]});
    }

    /** A client got an address, or got it again, at {@code now}. */
    public static Lease held(Ipv4 ip, String client, String hostname, long start, long expiry, long now) {
        return lease(ip, LeaseState.ACTIVE, client, hostname, null, start, expiry, now);
    }

    public static Lease granted(String client, long start, long expiry) {
        return held(IP, client, client, start, expiry, start);
    }

    static Lease lease(
            Ipv4 ip,
            LeaseState state,
            String client,
            @Nullable String hostname,
            byte @Nullable [] circuitId,
            long start,
            long expiry,
            long now) {
        MacAddress mac = mac(client);
        return new Lease(
                ip,
                state,
                ClientKey.ofHardware(mac),
                mac,
                null,
                hostname,
                null,
                start,
                expiry,
                Cidr.parse("192.0.2.0/24"),
                Ipv4.parse("192.0.2.1"),
                Ipv4.ANY,
                null,
                circuitId,
                null,
                null,
                now,
                now,
                null);
    }
}
