package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayPort;
import org.jspecify.annotations.Nullable;

/**
 * An address held for a client between its OFFER and its REQUEST.
 *
 * @param address the address
 * @param key the client
 * @param until epoch seconds when the hold ends
 * @param pool first address of the pool it comes from when it may be taken back for somebody else: the client never
 *     had a binding here; null when it may not
 * @param port the relay port that the client hangs on, or null
 * @param vendorClass option 60 of the DHCPDISCOVER, empty when it had none; null on a link where it makes no difference
 * @param mac the client's hardware address, or null when it has none or it is not known
 */
public record Offer(
        Ipv4 address,
        ClientKey key,
        long until,
        @Nullable Ipv4 pool,
        @Nullable RelayPort port,
        byte @Nullable [] vendorClass,
        @Nullable MacAddress mac) {

    /** Whether it may be taken back before its time. */
    boolean isRecallable() {
        return pool != null;
    }
}
