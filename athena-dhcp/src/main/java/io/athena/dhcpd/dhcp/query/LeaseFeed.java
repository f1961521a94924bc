package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.engine.LeaseObserver;
import io.athena.dhcpd.core.lease.Lease;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes changes of leases from the lanes on to those who have asked for them. May be used by any thread. */
public final class LeaseFeed implements LeaseObserver {

    private final List<LeaseObserver> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void changed(Lease lease) {
        for (LeaseObserver listener : listeners) {
            listener.changed(lease);
        }
    }

    void add(LeaseObserver listener) {
        listeners.add(listener);
    }

    void remove(LeaseObserver listener) {
        listeners.remove(listener);
    }
}
