package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** Leases in a map; an address that is taken refuses an import. */
final class FakeDesk implements LeaseDesk {

    private final Map<Ipv4, Lease> leases = new ConcurrentSkipListMap<>();
    private final List<Conflict> withheld = new ArrayList<>();
    private final List<Offer> offers = new ArrayList<>();

    static Lease lease(String ip) {
        MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
        return new Lease(
                Ipv4.parse(ip),
                LeaseState.ACTIVE,
                ClientKey.ofHardware(mac),
                mac,
                null,
                "host",
                null,
                1_700_000_000L,
                Lease.FOREVER,
                Cidr.parse("10.0.0.0/16"),
                Ipv4.parse("10.0.0.1"),
                Ipv4.parse("10.0.0.254"),
                new byte[] {1, 2, 0, 7},
                new byte[] {0, 7},
                null,
                "MSFT 5.0".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                1_700_000_000L,
                1_700_000_000L,
                null);
    }

    void put(Conflict conflict) {
        withheld.add(conflict);
    }

    void put(Offer offer) {
        offers.add(offer);
    }

    void put(Lease lease) {
        leases.put(lease.ip(), lease);
    }

    @Override
    public CompletableFuture<Page> page(long cursor, int limit) {
        List<Lease> all = new ArrayList<>(leases.values());
        int from = (int) Math.min(cursor, all.size());
        int to = Math.min(all.size(), from + limit);
        return CompletableFuture.completedFuture(new Page(all.subList(from, to), to == all.size() ? END : to));
    }

    @Override
    public CompletableFuture<Optional<Lease>> find(Ipv4 address) {
        return CompletableFuture.completedFuture(Optional.ofNullable(leases.get(address)));
    }

    @Override
    public CompletableFuture<Standing> standing(long cursor) {
        return CompletableFuture.completedFuture(new Standing(withheld, List.of(), offers, 0, false, true, END));
    }

    @Override
    public CompletableFuture<ImportOutcome> importLease(Lease lease) {
        boolean imported = leases.putIfAbsent(lease.ip(), lease) == null;
        return CompletableFuture.completedFuture(new ImportOutcome(imported, imported ? "" : "held by another client"));
    }
}
