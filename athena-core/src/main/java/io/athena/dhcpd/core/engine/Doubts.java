package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that somebody answered for although their subnet records no more conflicts: withheld for a minute, in memory
 * only. Whoever forges answers for a whole pool cannot take it off the network so: the oldest doubt is given when nothing
 * else is left.
 */
final class Doubts {

    static final long SECONDS = 60;

    private final LeaseTable table;
    private final Map<Ipv4, Long> until = new LinkedHashMap<>();

    Doubts(LeaseTable table) {
        this.table = table;
    }

    /** Withholds an address for a while. */
    void add(Ipv4 address, long now) {
        until.remove(address);
        until.put(address, now + SECONDS);
        table.setWithheld(address, Mark.DOUBT, true);
    }

    /** The oldest doubt that fits, which is given up; null when there is none. */
    @Nullable
    Ipv4 giveUp(Predicate<Ipv4> fits) {
        Iterator<Ipv4> oldestFirst = until.keySet().iterator();
        while (oldestFirst.hasNext()) {
            Ipv4 address = oldestFirst.next();
            if (fits.test(address)) {
                oldestFirst.remove();
                table.setWithheld(address, Mark.DOUBT, false);
                return address;
            }
        }
        return null;
    }

    /** Gives back what was withheld long enough. */
    void age(long now) {
        Iterator<Map.Entry<Ipv4, Long>> oldestFirst = until.entrySet().iterator();
        while (oldestFirst.hasNext()) {
            Map.Entry<Ipv4, Long> oldest = oldestFirst.next();
            if (oldest.getValue() > now) {
                return;
            }
            oldestFirst.remove();
            table.setWithheld(oldest.getKey(), Mark.DOUBT, false);
        }
    }
}
