package io.athena.dhcpd.ddns.reconcile;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.Lease;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Sees every lease once, on the caller's thread. */
public final class LeaseWalk {

    private static final long PATIENCE_SECONDS = 30;

    private final LeaseDesk desk;

    public LeaseWalk(LeaseDesk desk) {
        this.desk = desk;
    }

    /** @throws IllegalStateException when the server does not answer, which it does only while it stops or stands still */
    public void forEach(Consumer<Lease> visitor) throws InterruptedException {
        long cursor = LeaseDesk.START;
        try {
            while (cursor != LeaseDesk.END) {
                LeaseDesk.Page page = desk.page(cursor, LeaseDesk.MAX_PAGE).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                page.leases().forEach(visitor);
                cursor = page.next();
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the leases cannot be read: " + e, e);
        }
    }
}
