package io.athena.dhcpd.app.load;

import static io.athena.dhcpd.app.load.WireFacts.fact;

import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How the server reads what clients write in more than one way. */
final class ReadingFacts {

    private final WireStation station;

    ReadingFacts(WireStation station) {
        this.station = station;
    }

    void tell() throws IOException {
        fact("options in file and sname are read, after those of the options field", this::areasInOrder);
        fact("option 81 goes before option 12 and is answered in its encoding, RCODEs 255", this::fqdn);
        fact("option 81 in ASCII is answered in ASCII", this::asciiFqdn);
        fact("a server id of the wrong length is as good as none", this::oddServerId);
        fact("a user class tells the boot loader's second stage", this::userClass);
    }

    private void areasInOrder() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply whole = station.answer(
                ServerReply.OFFER, mac, station.message(Datagram.DISCOVER, mac).option(61, 0, 'a', 'b', 'c', 'd'));
        // RFC 2131 section 4.1 and RFC 3396 section 5: first the options field, then file, then sname.
        Datagram spread = station.message(Datagram.DISCOVER, mac)
                .put(44, 61, 1, 'd', 255)
                .put(108, 61, 2, 'b', 'c', 255)
                .option(52, 3)
                .option(61, 0, 'a');
        HeardReply joined = station.answer(ServerReply.OFFER, mac, spread);
        Untrue.unlessEqual("the offer to the pieces", joined.yiaddr(), whole.yiaddr());
        byte[] echo = joined.option(61);
        Untrue.when(!Arrays.equals(echo, whole.option(61)), "the identifier is " + Arrays.toString(echo));
    }

    private HeardReply named(int... fqdn) throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply offer = station.answer(
                ServerReply.OFFER,
                mac,
                station.message(Datagram.DISCOVER, mac)
                        .option(12, 'h', 'o', 's', 't')
                        .option(81, fqdn));
        Untrue.when(offer.option(81) == null, "option 81 is not answered");
        return offer;
    }

    private void fqdn() throws IOException {
        byte[] answer = named(4, 0, 0, 3, 'b', 'o', 'x', 3, 'l', 'a', 'b', 0).option(81);
        Untrue.when((answer[0] & 4) == 0, "the E flag is lost");
        Untrue.unlessEqual("the RCODEs", answer[1] & answer[2] & 0xff, 255);
        String text = new String(answer, 3, answer.length - 3, StandardCharsets.ISO_8859_1);
        Untrue.when(!text.contains("\3box"), "the name is " + Arrays.toString(answer));
    }

    private void asciiFqdn() throws IOException {
        byte[] answer = named(0, 0, 0, 'b', 'o', 'x', '2').option(81);
        Untrue.unlessEqual("the E flag", answer[0] & 4, 0);
        String text = new String(answer, 3, answer.length - 3, StandardCharsets.ISO_8859_1);
        Untrue.when(!text.startsWith("box2"), "the name is " + Arrays.toString(answer));
    }

    private void oddServerId() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply lease = station.lease(mac);
        Datagram reboot = station.message(Datagram.REQUEST, mac)
                .option(50, lease.yiaddr())
                .option(54, 10, 67, 0);
        Untrue.unlessEqual(
                "the lease", station.answer(ServerReply.ACK, mac, reboot).yiaddr(), lease.yiaddr());
    }

    private void userClass() throws IOException {
        Datagram rom = station.message(Datagram.DISCOVER, station.newcomer()).option(55, 67);
        Untrue.unlessEqual("the ROM's file", station.onLink(69, rom).text(67), "boot/rom.0");
        Datagram ipxe = station.message(Datagram.DISCOVER, station.newcomer())
                .option(55, 67)
                .option(77, 'i', 'P', 'X', 'E');
        Untrue.unlessEqual("iPXE's", station.onLink(69, ipxe).text(67), "boot/menu.ipxe");
    }
}
