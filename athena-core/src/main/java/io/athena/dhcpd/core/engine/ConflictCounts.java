package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Cidr;
import java.util.HashMap;
import java.util.Map;

/** How many addresses of each subnet a conflict withholds, counted step by step; damage is no conflict. */
final class ConflictCounts {

    private static final int[] NONE = {0, 0};
    private static final int ACTIVE = 0;
    private static final int PERMANENT = 1;

    private final Map<Cidr, int[]> bySubnet = new HashMap<>();

    void add(Conflict conflict) {
        count(conflict, 1);
    }

    void remove(Conflict conflict) {
        count(conflict, -1);
    }

    private void count(Conflict conflict, int step) {
        if (conflict.resolved() || conflict.method() == Conflict.Method.DAMAGED_RECORD) {
            return;
        }
        int[] counts = bySubnet.computeIfAbsent(conflict.subnet(), any -> new int[2]);
        counts[ACTIVE] += step;
        counts[PERMANENT] += conflict.permanent() ? step : 0;
    }

    /** Withheld addresses of a subnet, for good or not. */
    int active(Cidr subnet) {
        return bySubnet.getOrDefault(subnet, NONE)[ACTIVE];
    }

    /** Those that only a person gives back. */
    int permanent(Cidr subnet) {
        return bySubnet.getOrDefault(subnet, NONE)[PERMANENT];
    }
}
