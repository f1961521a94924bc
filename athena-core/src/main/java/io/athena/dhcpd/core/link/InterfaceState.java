package io.athena.dhcpd.core.link;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface as the kernel showed it at one moment.
 *
 * @param index the kernel's number for it, 0 when there is no such interface
 * @param mac its hardware address, or null when it has none
 * @param addresses its IPv4 addresses, the kernel's order
 * @param mtu the largest IP datagram it sends, in bytes
 * @param up whether it is up and has a carrier
 * @param loopback whether it is the loopback interface
 */
public record InterfaceState(
        int index, @Nullable MacAddress mac, List<LocalAddress> addresses, int mtu, boolean up, boolean loopback) {

    /** There is no interface of this name. */
    public static final InterfaceState ABSENT = new InterfaceState(0, null, List.of(), 0, false, false);

    public InterfaceState {
        addresses = List.copyOf(addresses);
    }

    /** The interface of this name as this machine shows it now. */
    public static InterfaceState look(String name) {
        return KernelInterfaces.look(name);
    }

    public boolean exists() {
        return index != 0;
    }

    /** Whether clients can be served on it: up, with an address. */
    public boolean isUsable() {
        return up && !addresses.isEmpty();
    }

    /** Whether the interface has this address. */
    public boolean owns(Ipv4 ip) {
        for (LocalAddress address : addresses) {
            if (address.ip().equals(ip)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The address that a client with the address {@code client} reaches this interface by: {@code preferred} when it is
     * one of the interface's, else the one in the client's network, else the first; null when there is none.
     */
    public @Nullable Ipv4 addressFor(Ipv4 client, @Nullable Ipv4 preferred) {
        if (preferred != null && owns(preferred)) {
            return preferred;
        }
        for (LocalAddress address : addresses) {
            if (address.network().contains(client)) {
                return address.ip();
            }
        }
        return addresses.isEmpty() ? null : addresses.get(0).ip();
    }
}
