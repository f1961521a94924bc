package io.athena.dhcpd.events.hook;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a hook gets.
 *
 * @param types of these kinds
 * @param subnets about an address in one of these; empty for everywhere
 */
public record HookFilter(Set<EventType> types, List<Cidr> subnets) {

    /** Whether the hook gets the event. */
    public boolean admits(DomainEvent event) {
        if (!types.contains(event.type())) {
            return false;
        }
        Ipv4 place = placeOf(event);
        return subnets.isEmpty() || place != null && subnets.stream().anyMatch(subnet -> subnet.contains(place));
    }

    /** An address that is where the event is: that of the lease, else its subnet's first. */
    private static @Nullable Ipv4 placeOf(DomainEvent event) {
        if (event instanceof ConflictEvent conflict) {
            return conflict.conflict().ip();
        }
        if (event instanceof LeaseEvent lease) {
            Cidr subnet = lease.lease().subnet();
            Ipv4 ip = lease.lease().ip();
            // A client that asks for an address of elsewhere is where its link is.
            return subnet != null && (ip == null || !subnet.contains(ip)) ? subnet.network() : ip;
        }
        return null;
    }
}
