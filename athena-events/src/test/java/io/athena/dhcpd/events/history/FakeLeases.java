package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The leases that a test says there are. */
public final class FakeLeases implements LeaseDesk {

    private final Map<Ipv4, Lease> leases = new ConcurrentHashMap<>();
    volatile boolean silent;
    private volatile @Nullable CompletableFuture<Page> held;

    public void put(Lease lease) {
        leases.put(lease.ip(), lease);
    }

    @Override
    public CompletableFuture<Standing> standing(long cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Page> page(long cursor, int limit) {
        CompletableFuture<Page> later = held;
        if (later != null) {
            return later;
        }
        return silent ? new CompletableFuture<>() : CompletableFuture.completedFuture(all());
    }

    private Page all() {
        return new Page(List.copyOf(leases.values()), END);
    }

    /** Tells nothing of the leases until {@link #tell}. */
    public void hold() {
        held = new CompletableFuture<>();
    }

    public void tell() {
        CompletableFuture<Page> later = held;
        held = null;
        if (later != null) {
            later.complete(all());
        }
    }

    @Override
    public CompletableFuture<Optional<Lease>> find(Ipv4 address) {
        return CompletableFuture.completedFuture(Optional.ofNullable(leases.get(address)));
    }

    @Override
    public CompletableFuture<ImportOutcome> importLease(Lease lease) {
        throw new UnsupportedOperationException();
    }
}
