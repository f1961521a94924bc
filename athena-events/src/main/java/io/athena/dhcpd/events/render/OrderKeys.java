package io.athena.dhcpd.events.render;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.HaEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import java.util.HashSet;
import java.util.Set;

/** What an event is about: events that have a key in common are told one after the other. */
public final class OrderKeys {

    private static final String PAIR = "ha";

    private OrderKeys() {}

    /**
     * The client and each address, or the pair of nodes. The client alone would not do: an address that expires is soon another client's, and a
     * script that hears of the end after the beginning removes the wrong entry.
     */
    public static Set<String> of(DomainEvent event) {
        Set<String> keys = new HashSet<>();
        if (event instanceof LeaseEvent lease) {
            keys.add(lease.lease().key().toString());
            if (lease.lease().ip() != null) {
                keys.add(lease.lease().ip().toString());
            }
            if (lease.oldIp() != null) {
                keys.add(String.valueOf(lease.oldIp()));
            }
        } else if (event instanceof ConflictEvent conflict) {
            keys.add(conflict.conflict().ip().toString());
        } else if (event instanceof HaEvent) {
            keys.add(PAIR);
        }
        return keys;
    }
}
