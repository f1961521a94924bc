package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.JournalTail;

/**
 * Somebody who works through the journal behind its writer, at least once for every record.
 *
 * @param store what he keeps, with his cursor
 * @param tail the journal from that cursor on; from the present on when the store is new
 * @param fresh whether the store is new, so that leases from before are unknown to it
 */
public record Follower(FollowerStore store, JournalTail tail, boolean fresh) implements AutoCloseable {

    /**
     * Ends the reading and closes the store; to be done before the lease store closes. What was not released is kept for
     * the next time, unless {@link LeaseStore#unfollow} says that there is none.
     */
    @Override
    public void close() {
        tail.close();
        store.close();
    }
}
