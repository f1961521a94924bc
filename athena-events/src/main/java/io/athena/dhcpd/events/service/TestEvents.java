package io.athena.dhcpd.events.service;

import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionSet;

/** Events that never happened, about addresses that are nobody's (RFC 5737 and RFC 7042 section 2.1.2). */
final class TestEvents {

    private static final MacAddress CLIENT = MacAddress.parse("00:00:5e:00:53:01");
    private static final Ipv4 ADDRESS = Ipv4.parse("192.0.2.105");
    private static final Ipv4 ROUTER = Ipv4.parse("192.0.2.1");
    private static final long SECONDS = 3600;

    private TestEvents() {}

    /** A client that got an address. */
    static LeaseEvent granted(long now) {
        OptionSet options = OptionSet.builder().put(3, ROUTER.toBytes()).build();
        LeaseFacts facts = new LeaseFacts(
                ClientKey.ofHardware(CLIENT),
                CLIENT,
                null,
                ADDRESS,
                "test-client",
                null,
                Cidr.parse("192.0.2.0/24"),
                new AddressRange(Ipv4.parse("192.0.2.100"), Ipv4.parse("192.0.2.200")),
                LeaseState.ACTIVE,
                new LeaseFacts.Times(now, now + SECONDS, SECONDS),
                options,
                RelayInfo.NONE,
                null,
                ROUTER);
        return new LeaseEvent.Granted(facts, null, now);
    }
}
