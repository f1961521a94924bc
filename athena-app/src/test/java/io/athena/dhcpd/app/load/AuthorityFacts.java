package io.athena.dhcpd.app.load;

import static io.athena.dhcpd.app.load.WireFacts.fact;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;

/** What a server does that is the only one on its links, and one that may send no frames of its own making. */
final class AuthorityFacts {

    private static final Ipv4 OUTSIDE_POOL = Ipv4.parse("10.67.0.240");
    private static final Ipv4 FREE = Ipv4.parse("10.67.0.150");
    private static final Ipv4 ALSO_FREE = Ipv4.parse("10.67.0.151");

    private final WireStation station;

    AuthorityFacts(WireStation station) {
        this.station = station;
    }

    void tell() throws IOException {
        fact("authoritative: an address of the subnet that is not ours to give: NAK", () -> rebootGets(OUTSIDE_POOL));
        fact("authoritative: INIT-REBOOT without a record: NAK", () -> rebootGets(FREE));
        fact("authoritative: RENEWING without a record, the address free: granted", this::renewing);
        fact("authoritative: REBINDING without a record, the address free: granted", this::rebinding);
        fact("without CAP_NET_RAW the OFFER goes to everybody, whatever the flag", this::broadcastInstead);
    }

    private void rebootGets(Ipv4 address) throws IOException {
        MacAddress mac = station.newcomer();
        station.answer(
                ServerReply.NAK, mac, station.message(Datagram.REQUEST, mac).option(50, address));
    }

    private void renewing() throws IOException {
        byte[] request = station.message(Datagram.REQUEST, WireFacts.STATION_MAC)
                .ciaddr(FREE)
                .bytes();
        HeardReply ack = station.typed(ServerReply.ACK, station.unicast(WireFacts.STATION_MAC, FREE, request));
        Untrue.unlessEqual("yiaddr", ack.yiaddr(), FREE);
    }

    private void rebinding() throws IOException {
        MacAddress mac = station.newcomer();
        byte[] request =
                station.message(Datagram.REQUEST, mac).ciaddr(ALSO_FREE).bytes();
        HeardReply ack = station.typed(ServerReply.ACK, station.broadcast(mac, request));
        Untrue.unlessEqual("yiaddr", ack.yiaddr(), ALSO_FREE);
    }

    private void broadcastInstead() throws IOException {
        for (int i = 0; i < 3; i++) {
            HeardReply offer = station.offer(station.newcomer());
            Untrue.unlessEqual("frame's destination", offer.toMac(), HeardReply.BROADCAST_MAC);
            Untrue.unlessEqual("IP destination", offer.to(), Ipv4.BROADCAST);
        }
    }
}
