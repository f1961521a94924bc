package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseCsv;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the rows of an import into leases that the configuration permits, and says of each other row why it does not. */
final class ImportCheck {

    /** A client on a link, which holds at most one lease there. */
    private record Holder(String link, ClientKey key) {}

    private final Topology topology;
    private final long now;
    private final Map<Ipv4, Integer> lineOfAddress = new HashMap<>();
    private final Map<Holder, Integer> lineOfHolder = new HashMap<>();

    ImportCheck(Topology topology, long now) {
        this.topology = topology;
        this.now = now;
    }

    CheckedRows check(List<LeaseCsv.Row> rows) {
        List<Lease> leases = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        List<LeaseCsv.Problem> problems = new ArrayList<>();
        int past = 0;
        for (LeaseCsv.Row row : rows) {
            if (row.state() != LeaseState.ACTIVE || (row.expiry() != Lease.FOREVER && row.expiry() <= now)) {
                past++;
                continue;
            }
            try {
                leases.add(lease(row));
                lines.add(row.line());
            } catch (IllegalArgumentException e) {
                problems.add(new LeaseCsv.Problem(row.line(), row.ip() + " " + e.getMessage()));
            }
        }
        return new CheckedRows(leases, lines, problems, past);
    }

    private Lease lease(LeaseCsv.Row row) {
        Ipv4 ip = row.ip();
        Link link = topology.linkOf(ip);
        Subnet subnet = topology.subnetOf(ip);
        if (link == null || subnet == null) {
            throw new IllegalArgumentException("lies in no configured subnet");
        }
        if (row.subnet() != null && !row.subnet().equals(subnet.network())) {
            throw new IllegalArgumentException("belongs to " + subnet + ", not to " + row.subnet());
        }
        if (link.isForbidden(ip)) {
            throw new IllegalArgumentException("is a network, broadcast, router or server address of " + subnet);
        }
        Reservation reservation = link.reservationAt(ip);
        if (reservation != null && !reservation.names(ClientTraits.of(row.mac(), row.clientId()))) {
            throw new IllegalArgumentException("is reserved for another client");
        }
        Pool pool = link.poolOf(ip);
        if (reservation == null && pool == null) {
            throw new IllegalArgumentException("is neither in a pool nor reserved");
        }
        ClientKey key = key(link, row.mac(), row.clientId());
        once(lineOfAddress.putIfAbsent(ip, row.line()), "is in the file already");
        once(lineOfHolder.putIfAbsent(new Holder(link.id(), key), row.line()), "is a second address of a client");
        return lease(row, key, subnet, reservation == null ? pool : null);
    }

    private static void once(@Nullable Integer earlier, String what) {
        if (earlier != null) {
            throw new IllegalArgumentException(what + ", see line " + earlier);
        }
    }

    private static ClientKey key(Link link, @Nullable MacAddress mac, byte @Nullable [] clientId) {
        if (mac != null && (clientId == null || link.identifiesByMac())) {
            return ClientKey.ofHardware(mac);
        }
        if (clientId == null || clientId.length == 0) {
            throw new IllegalArgumentException("names no client");
        }
        return ClientKey.ofClientId(clientId);
    }

    private Lease lease(LeaseCsv.Row row, ClientKey key, Subnet subnet, @Nullable Pool pool) {
        return new Lease(
                row.ip(),
                LeaseState.ACTIVE,
                key,
                row.mac(),
                row.clientId(),
                row.hostname(),
                row.fqdn(),
                row.start() == null ? now : row.start(),
                row.expiry(),
                subnet.network(),
                pool == null ? null : pool.range().first(),
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                now,
                now,
                null);
    }
}
