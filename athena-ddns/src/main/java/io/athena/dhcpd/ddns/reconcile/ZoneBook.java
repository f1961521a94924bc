package io.athena.dhcpd.ddns.reconcile;

import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.ZoneEntry;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** What the zones say: read whole where the server allows that, else asked name by name. */
final class ZoneBook {

    private record Listed(Map<String, Set<String>> addresses, Map<String, Set<String>> pointers) {}

    private final Map<ZoneUpdater, Listed> listed = new IdentityHashMap<>();

    /** Reads a zone whole. @throws DnsFailure when the server does not allow it */
    void list(ZoneUpdater zone) throws DnsFailure, InterruptedException {
        if (listed.containsKey(zone)) {
            return;
        }
        Listed all = new Listed(new HashMap<>(), new HashMap<>());
        for (ZoneEntry entry : zone.list()) {
            Map<String, Set<String>> of = entry.type() == ZoneEntry.Type.A ? all.addresses() : all.pointers();
            of.computeIfAbsent(entry.owner(), owner -> new HashSet<>()).add(entry.value());
        }
        listed.put(zone, all);
    }

    /** The addresses of a name. */
    Set<String> addresses(ZoneUpdater zone, String fqdn) throws DnsFailure, InterruptedException {
        Listed all = listed.get(zone);
        if (all != null) {
            return all.addresses().getOrDefault(fqdn, Set.of());
        }
        Set<String> addresses = new HashSet<>();
        zone.look(fqdn).addresses().forEach(address -> addresses.add(address.toString()));
        return addresses;
    }

    /** The names that a PTR record says. */
    Set<String> pointers(ZoneUpdater zone, String owner) throws DnsFailure, InterruptedException {
        Listed all = listed.get(zone);
        return all != null ? all.pointers().getOrDefault(owner, Set.of()) : Set.copyOf(zone.pointers(owner));
    }

    /** The A records of a zone that was read whole, as names with their addresses; none of another. */
    Map<String, Set<String>> listedAddresses(ZoneUpdater zone) {
        Listed all = listed.get(zone);
        return all == null ? Map.of() : all.addresses();
    }
}
