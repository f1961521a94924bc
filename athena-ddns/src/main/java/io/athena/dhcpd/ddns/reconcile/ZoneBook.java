package io.athena.dhcpd.ddns.reconcile;

import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.ZoneEntry;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the zones say: read whole where the server allows that, else asked name by name. */
final class ZoneBook {

    private record Listed(Map<String, Set<String>> addresses, Map<String, Set<String>> pointers) {}

    private final Map<ZoneUpdater, Listed> listed = new IdentityHashMap<>();

    /** Reads a zone whole if the server allows it. @return why not; empty text when it was read */
    String list(ZoneUpdater zone) throws InterruptedException {
        if (listed.containsKey(zone)) {
            return "";
        }
        try {
            Listed all = new Listed(new HashMap<>(), new HashMap<>());
            for (ZoneEntry entry : zone.list()) {
                Map<String, Set<String>> of =
                        entry.type() == ZoneEntry.Type.A ? all.addresses() : all.pointers();
                of.computeIfAbsent(entry.owner(), owner -> new HashSet<>()).add(entry.value());
            }
            listed.put(zone, all);
            return "";
        } catch (DnsFailure e) {
            return String.valueOf(e.getMessage());
        }
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

    /** Every A record that was listed. */
    void forEachAddress(BiConsumer<String, String> visitor) {
        Set<Map<String, Set<String>>> seen = new HashSet<>();
        for (Listed all : List.copyOf(listed.values())) {
            if (seen.add(all.addresses())) {
                all.addresses().forEach((name, addresses) -> addresses.forEach(a -> visitor.accept(name, a)));
            }
        }
    }

    /** The names of the PTR record of an owner in whichever zone was listed; null when none was. */
    @Nullable
    Set<String> listedPointers(ZoneUpdater zone, String owner) {
        Listed all = listed.get(zone);
        return all == null ? null : all.pointers().getOrDefault(owner, Set.of());
    }
}
