package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Terms;
import org.jspecify.annotations.Nullable;

/**
 * An address for a client, and on what terms.
 *
 * @param address the address
 * @param subnet the subnet it comes from
 * @param reservation what it is reserved by, or null when it is from a pool
 * @param terms options and times
 * @param leaseSeconds option 51 of the reply
 * @param name its name in DNS as option 81 of the reply tells it
 */
public record Assignment(
        Ipv4 address,
        Subnet subnet,
        @Nullable Reservation reservation,
        Terms terms,
        long leaseSeconds,
        NamePolicy.Name name) {

    /** An address whose name nobody was asked for. */
    public Assignment(Ipv4 address, Subnet subnet, @Nullable Reservation reservation, Terms terms, long leaseSeconds) {
        this(address, subnet, reservation, terms, leaseSeconds, NamePolicy.Name.UNCHANGED);
    }

    Assignment named(NamePolicy.Name decided) {
        return new Assignment(address, subnet, reservation, terms, leaseSeconds, decided);
    }

    Assignment lasting(long seconds) {
        return new Assignment(address, subnet, reservation, terms, seconds, name);
    }
}
