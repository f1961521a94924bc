package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses wait for names that are somebody else's, the first first. Owned by the outbox. */
final class ForeignNames {

    private final Map<String, Set<Ipv4>> waiting = new HashMap<>();
    private int count;

    void add(@Nullable HeldName name, Ipv4 address) {
        if (name != null
                && waiting.computeIfAbsent(name.fqdn(), fqdn -> new LinkedHashSet<>())
                        .add(address)) {
            count++;
        }
    }

    void remove(@Nullable HeldName name, Ipv4 address) {
        Set<Ipv4> addresses = name == null ? null : waiting.get(name.fqdn());
        if (addresses != null && addresses.remove(address)) {
            count--;
            if (addresses.isEmpty()) {
                waiting.remove(name.fqdn());
            }
        }
    }

    List<Ipv4> of(String fqdn) {
        return List.copyOf(waiting.getOrDefault(fqdn, Set.of()));
    }

    int count() {
        return count;
    }
}
