package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.PoolConfig;
import io.athena.dhcpd.core.net.AddressRange;
import java.util.List;

/** A range of addresses for dynamic allocation, with the parts of it that no narrower subnet or earlier pool owns. */
public final class Pool {

    private final int index;
    private final Subnet subnet;
    private final PoolConfig config;
    private final List<AddressRange> owned;
    private final Terms terms;

    Pool(int index, Subnet subnet, PoolConfig config, List<AddressRange> owned, Terms terms) {
        this.index = index;
        this.subnet = subnet;
        this.config = config;
        this.owned = owned;
        this.terms = terms;
    }

    /** Position among the pools of its link, from 0. */
    public int index() {
        return index;
    }

    public Subnet subnet() {
        return subnet;
    }

    public AddressRange range() {
        return config.range();
    }

    /** The parts of the range that are this pool's to give, ascending. */
    public List<AddressRange> owned() {
        return owned;
    }

    public Terms terms() {
        return terms;
    }

    /** Whether BOOTP clients without a reservation are served from it (interop: only where the operator says so). */
    public boolean servesBootp() {
        return config.bootp();
    }

    /** Whether any client may have an address of it; pools with match keys wait until matching is built. */
    public boolean isOpen() {
        return config.match().isAny();
    }

    @Override
    public String toString() {
        return range().toString();
    }
}
