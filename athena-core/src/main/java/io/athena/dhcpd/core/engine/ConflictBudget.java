package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Cidr;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How many conflicts found by probes a subnet records within an hour, whichever hour one looks at. Somebody who answers
 * for every address can so take no more than a part of the pools. Its memory is bounded by what it allows.
 */
final class ConflictBudget {

    static final int AT_LEAST = 8;

    private static final long HOUR = 3600;
    private static final int PART = 10;

    private final Map<Cidr, PriorityQueue<Long>> recorded = new HashMap<>();

    /** The new conflicts that a subnet records an hour. @param capacity how many addresses its pools can give */
    static int limit(int capacity) {
        return Math.max(AT_LEAST, capacity / PART);
    }

    /** Whether another conflict may be recorded at {@code now}. */
    boolean allows(Cidr subnet, int limit, long now) {
        PriorityQueue<Long> times = recorded.get(subnet);
        if (times == null) {
            return true;
        }
        while (!times.isEmpty() && times.peek() <= now - HOUR) {
            times.remove();
        }
        if (times.isEmpty()) {
            recorded.remove(subnet);
            return true;
        }
        return times.size() < limit;
    }

    /** A conflict was recorded at that time; also one of before the start. */
    void charge(Cidr subnet, long at) {
        recorded.computeIfAbsent(subnet, any -> new PriorityQueue<>()).add(at);
    }
}
