package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Conflicts and exclusions for those who are not packets. Every call becomes a command on the lane that owns the address;
 * futures complete on that lane, so callers MUST hop off before they do real work.
 */
public interface ConflictDesk {

    /** Where the first page starts. */
    long START = 0;

    /** The {@code next} of the last page. */
    long END = -1;

    /**
     * Some of what is known and where to go on.
     *
     * @param conflicts records, resolved ones too
     * @param exclusions addresses that a person took out of allocation
     * @param next the cursor of the next page, or {@link #END}
     */
    record Page(List<Conflict> conflicts, List<Exclusion> exclusions, long next) {}

    /**
     * What became of a wish.
     *
     * @param done whether it is durable now
     * @param refusal why not; empty when it is done
     */
    record Outcome(boolean done, String refusal) {}

    /** Conflicts and exclusions from a cursor on. */
    CompletableFuture<Page> page(long cursor);

    /** Ends a conflict, permanent or not, and resets its count. */
    CompletableFuture<Outcome> clear(Ipv4 address);

    /** Takes an address out of allocation, from now on and until it is included again. */
    CompletableFuture<Outcome> exclude(Exclusion exclusion);

    /** Undoes an exclusion. */
    CompletableFuture<Outcome> include(Ipv4 address);
}
