package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What probes have shown: addresses that nobody used a moment ago, and those about which that is being found out. Not for
 * use by two threads.
 */
final class Proofs {

    /** Where a long time to live meets a flood of newcomers, the oldest proofs go first. */
    private static final int MOST = 65_536;

    private final ProbeStarter starter;
    private final Map<Ipv4, PendingProbe> underWay = new HashMap<>();
    private final Map<Ipv4, Long> madeAt = new LinkedHashMap<>();
    private int waiting;

    Proofs(ProbeStarter starter) {
        this.starter = starter;
    }

    /** Whether a probe of at most so many seconds ago stayed unanswered. */
    boolean isProven(Ipv4 address, ProbeRules rules, long now) {
        Long made = madeAt.get(address);
        return made != null && now - made < rules.cacheSeconds();
    }

    /** The probe of an address that is under way, or null. */
    @Nullable
    PendingProbe underWay(Ipv4 address) {
        return underWay.get(address);
    }

    /** Starts a probe of an address that none is under way for; null when it cannot be probed. */
    @Nullable
    PendingProbe start(Ipv4 address) {
        PendingProbe probe = new PendingProbe(address, this);
        underWay.put(address, probe);
        if (starter.start(address)) {
            return probe;
        }
        underWay.remove(address);
        return null;
    }

    /** The probe of an address is over; null when none was under way. */
    @Nullable
    PendingProbe end(Ipv4 address) {
        return underWay.remove(address);
    }

    /** How many exchanges wait for probes. */
    int waiting() {
        return waiting;
    }

    void waiting(int step) {
        waiting += step;
    }

    /** Nobody used the address just now. */
    void prove(Ipv4 address, long now) {
        madeAt.remove(address);
        madeAt.put(address, now);
        if (madeAt.size() > MOST) {
            Iterator<Ipv4> oldest = madeAt.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** What was shown about an address counts no more. */
    void forget(Ipv4 address) {
        madeAt.remove(address);
    }

    /** Drops what is too old to count. */
    void age(ProbeRules rules, long now) {
        Iterator<Long> oldestFirst = madeAt.values().iterator();
        while (oldestFirst.hasNext() && now - oldestFirst.next() >= rules.cacheSeconds()) {
            oldestFirst.remove();
        }
    }
}
