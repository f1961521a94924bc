package io.athena.dhcpd.ddns.reconcile;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.name.NameDecision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Leases in memory, a page of two at a time. */
public final class FakeLeases implements LeaseDesk {

    public static final Cidr SUBNET = Cidr.parse("10.0.0.0/24");
    public static final long NOW = 1_800_000_000L;

    private final List<Lease> leases = new ArrayList<>();
    public boolean silent;

    /** Adds a lease. @param client who has it or had it last; @param fqdn null for none */
    public void add(int host, String client, String fqdn, LeaseState state) {
        add(host, client, fqdn, state, NOW);
    }

    /** Adds a lease that was last heard of then. */
    public void add(int host, String client, String fqdn, LeaseState state, long heard) {
        leases.add(new Lease(
                Ipv4.parse("10.0.0." + host),
                state,
                key(client),
                null,
                null,
                null,
                fqdn,
                NOW,
                NOW + 3600,
                SUBNET,
                null,
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                heard,
                heard,
                new NameDecision(true).encode()));
    }

    public static ClientKey key(String client) {
        return ClientKey.ofClientId(client.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public CompletableFuture<Page> page(long cursor, int limit) {
        if (silent) {
            return CompletableFuture.failedFuture(new IllegalStateException("the server stops"));
        }
        int from = (int) cursor;
        int to = Math.min(leases.size(), from + 2);
        return CompletableFuture.completedFuture(
                new Page(List.copyOf(leases.subList(from, to)), to == leases.size() ? END : to));
    }

    @Override
    public CompletableFuture<Standing> standing(long cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Optional<Lease>> find(Ipv4 address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<ImportOutcome> importLease(Lease lease) {
        throw new UnsupportedOperationException();
    }
}
