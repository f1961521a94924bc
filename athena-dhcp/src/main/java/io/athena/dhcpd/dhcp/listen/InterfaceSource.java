package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.link.InterfaceState;

/** Looks at the machine's interfaces. */
@FunctionalInterface
interface InterfaceSource {

    /** The interface of this name as it is now; {@link InterfaceState#ABSENT} when there is none. */
    InterfaceState look(String name);
}
