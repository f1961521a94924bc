package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Holds the started server to what real clients, relay agents and boot ROMs need, as {@code lab/wire.sh} asks:
 * {@code WireFacts all|authoritative INTERFACE SERVER_MAC SERVER RELAYS}. Prints PASS or FAIL a fact.
 */
final class WireFacts {

    /** The hardware address of the interface that the facts are heard on. */
    static final MacAddress STATION_MAC = MacAddress.parse("02:00:00:67:00:02");

    /** A fact's test; it throws {@link Untrue} when the server does otherwise. */
    @FunctionalInterface
    interface Fact {
        void hold() throws IOException;
    }

    private WireFacts() {}

    public static void main(String[] args) throws IOException {
        try (PacketPort port = new PacketPort(args[1])) {
            WireStation station = new WireStation(port, MacAddress.parse(args[2]), Ipv4.parse(args[3]));
            if (args[0].equals("authoritative")) {
                new AuthorityFacts(station).tell();
                return;
            }
            new RoutingFacts(station).tell();
            new DialogueFacts(station).tell();
            new OptionFacts(station).tell();
            new ReadingFacts(station).tell();
            new PoolFacts(station).tell();
            new RelayFacts(station, Path.of(args[4])).tell();
        }
    }

    static void fact(String name, Fact fact) throws IOException {
        try {
            fact.hold();
            System.out.println("PASS " + name);
        } catch (Untrue e) {
            System.out.println("FAIL " + name + " — " + e.getMessage());
        }
    }
}
