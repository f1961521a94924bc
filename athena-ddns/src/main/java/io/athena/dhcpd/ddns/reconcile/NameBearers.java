package io.athena.dhcpd.ddns.reconcile;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.ddns.outbox.HeldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which lease a name is about. A client that went to another network has two leases of one name for a while; its name is at
 * the address that it was heard about last.
 */
final class NameBearers {

    private record Bearer(String fqdn, ClientKey client) {}

    /** The leases heard of last: several where that was within one second. */
    private final Map<Bearer, List<Lease>> last = new HashMap<>();

    void note(Lease lease) {
        HeldName name = HeldName.of(lease);
        if (name == null) {
            return;
        }
        List<Lease> leases = last.computeIfAbsent(bearer(name), bearer -> new ArrayList<>());
        if (!leases.isEmpty() && lease.lastTransaction() > leases.get(0).lastTransaction()) {
            leases.clear();
        }
        if (leases.isEmpty() || lease.lastTransaction() == leases.get(0).lastTransaction()) {
            leases.add(lease);
        }
    }

    /** Whether the name may be at the address of this lease. */
    boolean mayBear(Lease lease, HeldName name) {
        return leases(name).stream().anyMatch(other -> other.ip().equals(lease.ip()));
    }

    /** Whether one of these addresses is where the name may be. */
    boolean isAmong(Set<String> addresses, HeldName name) {
        return leases(name).stream()
                .anyMatch(lease -> addresses.contains(lease.ip().toString()));
    }

    private List<Lease> leases(HeldName name) {
        return last.getOrDefault(bearer(name), List.of());
    }

    private static Bearer bearer(HeldName name) {
        return new Bearer(name.fqdn(), name.client());
    }
}
