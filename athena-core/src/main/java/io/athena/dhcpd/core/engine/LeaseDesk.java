package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Leases for those who are not packets: the control socket, the API, the command line. Every call becomes a command on
 * the lane that owns the address; futures complete on that lane, so callers MUST hop off before they do real work.
 */
public interface LeaseDesk {

    /** Where the first page starts. */
    long START = 0;

    /** The {@code next} of the last page. */
    long END = -1;

    /** Leases a page can hold at most. */
    int MAX_PAGE = 256;

    /**
     * Some leases and where to go on.
     *
     * @param leases at most {@link #MAX_PAGE}
     * @param next the cursor of the next page, or {@link #END}
     */
    record Page(List<Lease> leases, long next) {}

    /**
     * What became of a row to import.
     *
     * @param imported whether the lease is durable now
     * @param refusal why not; empty when it was imported
     */
    record ImportOutcome(boolean imported, String refusal) {}

    /** OFFERs and held addresses that a {@link Standing} has of each at most. */
    int MAX_STANDING = 2_000;

    /** Exclusions that a {@link Standing} has at most. */
    int MAX_EXCLUDED = 500;

    /**
     * What keeps addresses of one link from being given, besides its leases.
     *
     * @param withheld conflicts that withhold an address
     * @param excluded addresses that a person took out of allocation
     * @param offers OFFERs that are not answered yet, the oldest first
     * @param leftOut how many of each are not in it, beyond {@link #MAX_STANDING} and {@link #MAX_EXCLUDED}
     * @param caution whether leases may exist that no record tells of
     * @param clockDoubted whether no ended lease is reused, because the clock is not believed
     * @param next the cursor of the next link, or {@link #END}
     */
    record Standing(
            List<Conflict> withheld,
            List<Exclusion> excluded,
            List<Offer> offers,
            int leftOut,
            boolean caution,
            boolean clockDoubted,
            long next) {}

    /** What stands in one link after the other, from {@link #START} on. */
    CompletableFuture<Standing> standing(long cursor);

    /** Leases in every state, in no particular order; a lease that changes meanwhile is seen once, old or new. */
    CompletableFuture<Page> page(long cursor, int limit);

    /** The lease of an address in whatever state, empty when it never had one. */
    CompletableFuture<Optional<Lease>> find(Ipv4 address);

    /** Takes an active lease over as it is, unless another client holds the address; completes when it is durable. */
    CompletableFuture<ImportOutcome> importLease(Lease lease);
}
