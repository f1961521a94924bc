package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.PoolConfig;
import io.athena.dhcpd.core.net.AddressRange;
import java.util.Comparator;
import java.util.List;

/** A range of addresses for dynamic allocation, with the parts of it that no narrower subnet or earlier pool owns. */
public final class Pool {

    /** The more specific pool first: by the number of its keys, then by the characters that stand for themselves. */
    static final Comparator<Pool> MOST_SPECIFIC = Comparator.comparingInt((Pool pool) -> -pool.clients.keys())
            .thenComparingInt(pool -> -pool.clients.literals());

    private final int index;
    private final Subnet subnet;
    private final PoolConfig config;
    private final List<AddressRange> owned;
    private final Selector clients;
    private final Layers layers;

    Pool(int index, Subnet subnet, PoolConfig config, List<AddressRange> owned, Selector clients) {
        this.index = index;
        this.subnet = subnet;
        this.config = config;
        this.owned = owned;
        this.clients = clients;
        this.layers = Layers.of(subnet.terms(), config.scope());
    }

    /** Position among the pools of its link, from 0. */
    public int index() {
        return index;
    }

    public Subnet subnet() {
        return subnet;
    }

    /** Its section of the configuration. */
    public PoolConfig config() {
        return config;
    }

    public AddressRange range() {
        return config.range();
    }

    /** The parts of the range that are this pool's to give, ascending. */
    public List<AddressRange> owned() {
        return owned;
    }

    /** The terms for a client in no class. */
    public Terms terms() {
        return layers.plain();
    }

    Layers layers() {
        return layers;
    }

    /** Whether BOOTP clients without a reservation are served from it (interop: only where the operator says so). */
    public boolean servesBootp() {
        return config.bootp();
    }

    /** Whether it is for everybody: neither it nor its subnet has a match key or a class. */
    public boolean isForEverybody() {
        return clients.isEverybody();
    }

    /** Whether a client may have an address of it: it fits every match key, and is in the classes that are named. */
    public boolean admits(ClientTraits client) {
        return clients.admits(client);
    }

    /** The patterns of the pool, its class and its subnet, each with the word on a client. */
    public List<MatchFinding> findings(ClientTraits client) {
        return clients.findings(client);
    }

    @Override
    public String toString() {
        return range().toString();
    }
}
