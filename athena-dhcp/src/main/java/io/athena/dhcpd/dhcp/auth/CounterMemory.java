package io.athena.dhcpd.dhcp.auth;

import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.net.ClientKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters in the last messages of the clients that authenticated last. Who is forgotten here is still known by its
 * lease. One lane owns it.
 */
final class CounterMemory {

    /** Some two megabytes when it is full; only who has a key gets in. */
    static final int CLIENTS = 1 << 14;

    private final Map<ClientKey, Long> last = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Notes the counter of an authentic message; false when it, or a higher one, was there before (RFC 3118 section 2
     * with erratum 3474: strictly increasing).
     *
     * @param recorded what the client's lease says of it, or null
     */
    boolean advance(ClientKey client, long counter, @Nullable Proof recorded) {
        Long seen = last.get(client);
        boolean old = (seen != null && Long.compareUnsigned(counter, seen) <= 0)
                || (recorded != null && Long.compareUnsigned(counter, recorded.counter()) <= 0);
        if (old) {
            return false;
        }
        last.put(client, counter);
        if (last.size() > CLIENTS) {
            last.remove(last.keySet().iterator().next());
        }
        return true;
    }
}
