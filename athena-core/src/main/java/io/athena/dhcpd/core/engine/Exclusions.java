package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The addresses of a link that people took out of allocation, whatever else withholds them. */
final class Exclusions {

    private final LeaseTable table;
    private final NavigableMap<Ipv4, Exclusion> excluded = new TreeMap<>();

    Exclusions(LeaseTable table) {
        this.table = table;
    }

    /** Withholds an address; whoever has it may not extend its lease. */
    void put(Exclusion exclusion) {
        excluded.put(exclusion.ip(), exclusion);
        table.setWithheld(exclusion.ip(), Mark.EXCLUSION, true);
    }

    /** Nothing withholds the address any more on behalf of a person. */
    void remove(Ipv4 ip) {
        if (excluded.remove(ip) != null) {
            table.setWithheld(ip, Mark.EXCLUSION, false);
        }
    }

    /** The exclusion of an address, or null. */
    @Nullable
    Exclusion of(Ipv4 ip) {
        return excluded.get(ip);
    }

    /** In the order of their addresses. */
    Collection<Exclusion> all() {
        return excluded.values();
    }

    /** Those from an address on, in the order of their addresses. */
    Collection<Exclusion> from(Ipv4 first) {
        return excluded.tailMap(first, true).values();
    }
}
