package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The leases of a file in which later entries replace earlier ones of the same address. */
final class ImportedLeases {

    private final Map<Ipv4, ImportedLease> inForce = new LinkedHashMap<>();
    private final Set<Ipv4> ended = new HashSet<>();
    private final Map<Ipv4, Place> declined = new LinkedHashMap<>();

    void bound(ImportedLease lease) {
        forget(lease.ip());
        inForce.put(lease.ip(), lease);
    }

    void ended(Ipv4 ip) {
        forget(ip);
        ended.add(ip);
    }

    /** The address answered although nobody had it. */
    void declined(Place place, Ipv4 ip) {
        forget(ip);
        declined.put(ip, place);
    }

    List<ImportedLease> inForce() {
        return new ArrayList<>(inForce.values());
    }

    int endedCount() {
        return ended.size();
    }

    Map<Ipv4, Place> declined() {
        return declined;
    }

    private void forget(Ipv4 ip) {
        inForce.remove(ip);
        ended.remove(ip);
        declined.remove(ip);
    }
}
