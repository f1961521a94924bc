package io.athena.dhcpd.core.link;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Interfaces as the JDK reads them from the kernel. */
final class KernelInterfaces {

    private static final Logger log = LoggerFactory.getLogger(KernelInterfaces.class);

    private KernelInterfaces() {}

    static InterfaceState look(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            return found == null ? InterfaceState.ABSENT : stateOf(found);
        } catch (SocketException e) {
            // It went away between two questions.
            log.debug("interface {} cannot be read: {}", name, e.getMessage());
            return InterfaceState.ABSENT;
        }
    }

    private static InterfaceState stateOf(NetworkInterface found) throws SocketException {
        List<LocalAddress> addresses = new ArrayList<>();
        addAddresses(found, addresses);
        // Addresses with a label of their own ("eth0:1") are sub-interfaces to the JDK.
        for (NetworkInterface labelled : Collections.list(found.getSubInterfaces())) {
            addAddresses(labelled, addresses);
        }
        byte[] mac = found.getHardwareAddress();
        return new InterfaceState(
                found.getIndex(),
                mac == null || mac.length != 6 ? null : MacAddress.of(MacAddress.ETHERNET, mac),
                addresses,
                found.getMTU(),
                found.isUp(),
                found.isLoopback());
    }

    private static void addAddresses(NetworkInterface from, List<LocalAddress> to) {
        for (InterfaceAddress address : from.getInterfaceAddresses()) {
            if (address.getAddress() instanceof Inet4Address inet) {
                Ipv4 ip = Ipv4.of(inet.getAddress(), 0);
                to.add(new LocalAddress(ip, Cidr.around(ip, address.getNetworkPrefixLength())));
            }
        }
    }
}
