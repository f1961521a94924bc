package io.athena.dhcpd.app.load;

import static io.athena.dhcpd.app.load.WireFacts.fact;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.util.List;

/** Which address a client gets, for how long, and what becomes of it when there are few. */
final class PoolFacts {

    private static final long FOREVER = 0xffffffffL;

    private final WireStation station;

    PoolFacts(WireStation station) {
        this.station = station;
    }

    void tell() throws IOException {
        fact("what is offered is granted, whatever was asked for", this::offeredIsGranted);
        fact("when nothing is free the oldest offer is recalled, and its late REQUEST hears NAK", this::recall);
        fact("the address that ended first is given again first", this::oldestFirst);
        fact("a lease time shorter than T1 and T2 gets T1 and T2 of its own", this::derivedTimes);
        fact("a lease without end is 0xffffffff", this::endless);
        fact("BOOTP gets its reserved address without a pool for BOOTP", this::reservedBootp);
        fact("BOOTP without a reservation gets silence where no pool is for it", this::bootpSilence);
    }

    private void offeredIsGranted() throws IOException {
        Ipv4 taken = station.lease(station.newcomer()).yiaddr();
        for (String wanted : List.of(
                taken.toString(),
                "10.67.0.50",
                "10.67.0.1",
                "10.67.0.255",
                "10.67.0.240",
                "192.0.2.1",
                "10.68.0.100")) {
            MacAddress mac = station.newcomer();
            Datagram discover = station.message(Datagram.DISCOVER, mac).option(50, Ipv4.parse(wanted));
            HeardReply offer = station.answer(ServerReply.OFFER, mac, discover);
            HeardReply ack = station.answer(ServerReply.ACK, mac, station.selecting(mac, offer.yiaddr()));
            Untrue.unlessEqual("the address after asking for " + wanted, ack.yiaddr(), offer.yiaddr());
            Untrue.when(offer.yiaddr().equals(Ipv4.parse(wanted)), wanted + " was offered");
        }
    }

    private Ipv4 offered(int link, MacAddress mac) throws IOException {
        return station.onLink(link, station.message(Datagram.DISCOVER, mac)).yiaddr();
    }

    private HeardReply selected(int link, MacAddress mac, Ipv4 address) throws IOException {
        return station.onLink(link, station.selecting(mac, address));
    }

    private void recall() throws IOException {
        MacAddress first = station.newcomer();
        MacAddress second = station.newcomer();
        MacAddress third = station.newcomer();
        Ipv4 firsts = offered(77, first);
        Ipv4 seconds = offered(77, second);
        Untrue.unlessEqual("the third client's offer", offered(77, third), firsts);
        Untrue.unlessEqual(
                "the late REQUEST's answer", selected(77, first, firsts).type(), ServerReply.NAK);
        Untrue.unlessEqual("the second client's", selected(77, second, seconds).type(), ServerReply.ACK);
        Untrue.unlessEqual("the third client's", selected(77, third, firsts).type(), ServerReply.ACK);
    }

    private void release(MacAddress mac, Ipv4 address) throws IOException {
        station.expectSilence(
                mac, station.message(Datagram.RELEASE, mac).ciaddr(address).option(54, station.server()));
    }

    private void oldestFirst() throws IOException {
        MacAddress one = station.newcomer();
        MacAddress other = station.newcomer();
        Ipv4 ones = leased(78, one);
        Ipv4 others = leased(78, other);
        release(other, others);
        release(one, ones);
        Untrue.unlessEqual("the next client's", leased(78, station.newcomer()), others);
        Untrue.unlessEqual("the one's after it", leased(78, station.newcomer()), ones);
    }

    private Ipv4 leased(int link, MacAddress mac) throws IOException {
        HeardReply ack = selected(link, mac, offered(link, mac));
        Untrue.unlessEqual("the answer to REQUEST", ack.type(), ServerReply.ACK);
        return ack.yiaddr();
    }

    private void derivedTimes() throws IOException {
        HeardReply asks = station.onLink(79, station.message(Datagram.DISCOVER, station.newcomer()));
        Untrue.unlessEqual("T1 as configured", asks.number(58), 3000L);
        HeardReply brief = station.onLink(
                79, station.message(Datagram.DISCOVER, station.newcomer()).option(51, 0, 0, 2, 88));
        Untrue.unlessEqual("the lease time", brief.number(51), 600L);
        Untrue.unlessEqual("T1", brief.number(58), 300L);
        Untrue.unlessEqual("T2", brief.number(59), 525L);
    }

    private void endless() throws IOException {
        HeardReply offer = station.onLink(80, station.message(Datagram.DISCOVER, station.newcomer()));
        Untrue.unlessEqual("the lease time", offer.number(51), FOREVER);
    }

    private void reservedBootp() throws IOException {
        byte[] request = Datagram.bare(0x71717171, RoutingFacts.RESERVED_MAC)
                .put(10, WireStation.BROADCAST_FLAG)
                .bytes();
        HeardReply reply = station.mustAnswer(station.broadcast(RoutingFacts.RESERVED_MAC, request));
        Untrue.unlessEqual("yiaddr", reply.yiaddr(), RoutingFacts.RESERVED);
        Untrue.when(reply.option(51) != null || reply.option(53) != null, "it has options of DHCP");
    }

    private void bootpSilence() throws IOException {
        MacAddress mac = station.newcomer();
        station.expectSilence(mac, Datagram.bare(0x72727272, mac));
    }
}
