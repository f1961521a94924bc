package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayPort;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many addresses may be withheld at a time because clients declined them: for each client, each relay port and each
 * pool. It counts what is withheld and not what comes in, so that a pool cannot be emptied slowly either, and its memory
 * is bounded by what the pools allow.
 */
final class DeclineBudget {

    /** A client that finds more addresses in use is more likely wrong: something answers for all of them. */
    static final int A_CLIENT = 3;

    static final int A_PORT = 8;

    /** Of a small pool half, up to this many; of a large one a tenth. */
    static final int A_SMALL_POOL = 8;

    /**
     * Who pays for an address that is withheld.
     *
     * @param client who declined it; null when that was before the start
     * @param port the relay port it is at, or null
     * @param pool first address of the pool, or null where the address is in none
     */
    record Payers(
            @Nullable ClientKey client,
            @Nullable RelayPort port,
            @Nullable Ipv4 pool) {}

    private final Map<Ipv4, Payers> paid = new HashMap<>();
    private final Map<ClientKey, Integer> byClient = new HashMap<>();
    private final Map<RelayPort, Integer> byPort = new HashMap<>();
    private final Map<Ipv4, Integer> byPool = new HashMap<>();

    /** Whether another address may be withheld at their cost. @param capacity how many addresses the pool can give */
    boolean allows(Payers payers, int capacity) {
        return count(byClient, payers.client()) < A_CLIENT
                && count(byPort, payers.port()) < A_PORT
                && (payers.pool() == null || count(byPool, payers.pool()) < ofPool(capacity));
    }

    /** The address is withheld at their cost, until {@link #end}. */
    void charge(Ipv4 address, Payers payers) {
        end(address);
        paid.put(address, payers);
        add(byClient, payers.client(), 1);
        add(byPort, payers.port(), 1);
        add(byPool, payers.pool(), 1);
    }

    /** The address is not withheld any more; nothing happens where nobody paid for it. */
    void end(Ipv4 address) {
        Payers payers = paid.remove(address);
        if (payers != null) {
            add(byClient, payers.client(), -1);
            add(byPort, payers.port(), -1);
            add(byPool, payers.pool(), -1);
        }
    }

    private static int ofPool(int capacity) {
        return Math.max(capacity / 10, Math.min(A_SMALL_POOL, (capacity + 1) / 2));
    }

    private static <P> int count(Map<P, Integer> counts, @Nullable P payer) {
        return payer == null ? 0 : counts.getOrDefault(payer, 0);
    }

    private static <P> void add(Map<P, Integer> counts, @Nullable P payer, int step) {
        if (payer != null) {
            counts.merge(payer, step, (old, more) -> old + more == 0 ? null : old + more);
        }
    }
}
