package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** What no server should trip over, each with what must become of it. */
final class BadInput {

    /** What a server may do. */
    enum Expect {
        /** No reply at all: the message cannot be believed. */
        SILENCE,
        /** An OFFER, as if the odd part were absent. */
        OFFER,
        /** Anything but an ACK. */
        NO_ACK,
        /** Anything, as long as others are served. */
        ANYTHING
    }

    /** Datagrams that are sent as they are. */
    record Item(String name, Expect expect, List<byte[]> datagrams) {}

    private static final Ipv4 FOREIGN = Ipv4.parse("192.0.2.77");

    private final RelayAgent agent;
    private final List<Item> items = new ArrayList<>();
    private int number;

    private BadInput(RelayAgent agent) {
        this.agent = agent;
    }

    /** Every item; addresses are those of {@code lab/hostile.sh}. */
    static List<Item> items(RelayAgent agent) {
        BadInput input = new BadInput(agent);
        input.sizes();
        input.headers();
        input.messageTypes();
        input.optionAreas();
        input.clientOptions();
        input.names();
        input.relays();
        input.requests();
        return input.items;
    }

    private static MacAddress mac(int number) {
        return MacAddress.of(MacAddress.ETHERNET, new byte[] {2, 0x68, 0, 0, (byte) (number >> 8), (byte) number});
    }

    private Datagram discover() {
        number++;
        return Datagram.of(Datagram.DISCOVER, number, mac(number));
    }

    private Datagram untyped() {
        number++;
        return Datagram.bare(number, mac(number));
    }

    private Datagram request() {
        number++;
        return Datagram.of(Datagram.REQUEST, number, mac(number));
    }

    private void item(String name, Expect expect, byte[]... datagrams) {
        items.add(new Item(name, expect, List.of(datagrams)));
    }

    /** A relayed DISCOVER with something odd that must not stand in its way. */
    private void odd(String name, UnaryOperator<Datagram> change) {
        item(name, Expect.OFFER, agent.relayed(change.apply(discover())));
    }

    private void sizes() {
        byte[] whole = agent.relayed(discover());
        for (int size : new int[] {0, 1, 235, 239, 240}) {
            item(size + " bytes", Expect.SILENCE, Arrays.copyOf(whole, size));
        }
        item("9000 bytes", Expect.ANYTHING, Arrays.copyOf(whole, 9000));
    }

    private void headers() {
        item("a bad cookie", Expect.SILENCE, agent.relayed(discover().put(236, 1, 2, 3, 4)));
        item("op 2", Expect.SILENCE, agent.relayed(discover().put(0, 2)));
        for (int length : new int[] {0, 17, 255}) {
            item("hlen " + length, Expect.SILENCE, agent.relayed(discover().put(2, length)));
        }
        for (int octet : new int[] {0, 255, 1}) {
            item(
                    "chaddr all " + octet,
                    Expect.ANYTHING,
                    agent.relayed(discover().put(28, octet, octet, octet, octet, octet, octet)));
        }
        item("hops 255", Expect.ANYTHING, agent.relayed(discover().put(3, 255)));
    }

    private void messageTypes() {
        item("no option 53", Expect.SILENCE, agent.relayed(untyped()));
        item("option 53 empty", Expect.SILENCE, agent.relayed(untyped().option(53)));
        item("option 53 of two bytes", Expect.ANYTHING, agent.relayed(untyped().option(53, 1, 3)));
        item(
                "option 53 twice",
                Expect.ANYTHING,
                agent.relayed(untyped().option(53, 1).option(53, 3)));
        for (int type : new int[] {0, 2, 5, 6, 9, 11, 12, 13, 14, 15, 16, 17, 18, 255}) {
            item("option 53 of " + type, Expect.SILENCE, agent.relayed(untyped().option(53, type)));
        }
    }

    private void optionAreas() {
        item("no END", Expect.OFFER, noEnd());
        odd("bytes after END", d -> d.option(55, 1).option(82, 1, 0).raw(255, 9, 200, 1));
        item("all PAD", Expect.SILENCE, agent.relayed(untyped().raw(new int[400])));
        item(
                "a length past the end",
                Expect.SILENCE,
                untyped().option(53, 1).raw(12, 250, 1).unfinished());
        item("a code as the last byte", Expect.ANYTHING, codeLast());
        item("1000 tiny options", Expect.ANYTHING, agent.relayed(discover().raw(tinyOptions())));
        for (int overload : new int[] {0, 1, 2, 3, 4, 255}) {
            odd("option 52 of " + overload + " over empty areas", d -> d.option(52, overload));
        }
        odd("sname full of options without END", d -> d.option(52, 2).put(44, 12, 62));
        odd("option 52 inside sname", d -> d.option(52, 2).put(44, 52, 1, 3, 255));
        item(
                "options inside sname that overrun it",
                Expect.ANYTHING,
                agent.relayed(discover().option(52, 2).put(44, 200, 255)));
    }

    private byte[] noEnd() {
        byte[] whole = agent.relayed(discover());
        for (int at = 240; at < whole.length; at++) {
            whole[at] = whole[at] == (byte) 255 ? 0 : whole[at];
        }
        return whole;
    }

    private byte[] codeLast() {
        byte[] whole = noEnd();
        whole[whole.length - 1] = 12;
        return whole;
    }

    private static int[] tinyOptions() {
        int[] bytes = new int[2000];
        for (int i = 0; i < bytes.length; i += 2) {
            bytes[i] = 150 + i % 50;
        }
        return bytes;
    }

    private void clientOptions() {
        for (int[] size : new int[][] {{0, 0}, {0, 1}, {255, 255}}) {
            odd("option 57 of " + (size[0] * 256 + size[1]), d -> d.option(57, size));
        }
        for (int length : new int[] {0, 1, 254}) {
            odd("option 61 of length " + length, d -> d.option(61, new byte[length]));
        }
        odd("option 61 in two parts", d -> d.option(61, new byte[255]).option(61, new byte[40]));
        for (int length : new int[] {0, 3, 5}) {
            odd("option 50 of length " + length, d -> d.option(50, new byte[length]));
            odd("option 54 of length " + length, d -> d.option(54, new byte[length]));
        }
        for (String address : List.of("0.0.0.0", "255.255.255.255", "127.0.0.1", "224.0.0.1")) {
            odd("option 50 of " + address, d -> d.option(50, Ipv4.parse(address)));
        }
        for (int code : new int[] {43, 77, 124, 125}) {
            odd("inner lengths of option " + code + " that overrun", d -> d.option(code, 0, 0, 0, 9, 250, 1, 250));
        }
        odd("option 118 for a network that is not served", d -> d.option(118, FOREIGN));
        odd("option 55 of 255 zeros", d -> d.option(55, new byte[255]));
    }

    private void names() {
        odd("option 12 empty", d -> d.option(12));
        odd("option 12 of 255 zeros", d -> d.option(12, new byte[255]));
        odd("option 12 of 255 letters", d -> d.option(12, "a".repeat(255).getBytes(StandardCharsets.US_ASCII)));
        for (String name : List.of(
                "\0\0\0", "../../etc/passwd", "a\r\nb", "\u001b[2J", "<script>alert(1)</script>", "$(reboot)", "---")) {
            odd("option 12 of '" + printable(name) + "'", d -> d.option(12, name.getBytes(StandardCharsets.US_ASCII)));
        }
        odd("option 81 with a label over 63", d -> d.option(81, 4, 0, 0, 64, 'a', 0));
        odd("option 81 with a pointer loop", d -> d.option(81, 4, 0, 0, 0xc0, 3));
        odd("option 81 with S and N", d -> d.option(81, 9, 0, 0, 'a'));
        odd("option 81 too short", d -> d.option(81, 1));
    }

    private static String printable(String name) {
        return name.replaceAll("[^ -~]", ".");
    }

    private void relays() {
        Ipv4 own = Ipv4.parse("10.67.0.1");
        item("sub-options of 82 that overrun", Expect.OFFER, relayed(1, 250, 'x'));
        for (String odd : List.of(
                "",
                "01",
                "0100020005000b00",
                "0101610101620504c00002000504c0",
                "0504c000020005040a430000",
                "13ff",
                "97",
                "97009800",
                "9701ff9801",
                "0c00",
                "09040000000009020000",
                "ff00",
                "0000")) {
            item(
                    "option 82 of '" + odd + "'",
                    Expect.OFFER,
                    relayed(HexFormat.of().parseHex(odd)));
        }
        item("option 82 of 255 zeros", Expect.OFFER, relayed(new byte[255]));
        item("sub-option 5 of 255.255.255.255", Expect.SILENCE, relayed(5, 4, 255, 255, 255, 255));
        item("sub-option 11 of 0.0.0.0", Expect.ANYTHING, relayed(11, 4, 0, 0, 0, 0));
        item("sub-option 151 of a network that nobody has", Expect.OFFER, relayed(151, 4, 0, 'r', 'e', 'd', 152, 0));
        item(
                "option 82 without giaddr",
                Expect.ANYTHING,
                discover().option(82, 1, 1, 'x').bytes());
        item(
                "giaddr broadcast",
                Expect.ANYTHING,
                discover().giaddr(Ipv4.BROADCAST).bytes());
        item(
                "giaddr loopback",
                Expect.ANYTHING,
                discover().giaddr(Ipv4.parse("127.0.0.1")).bytes());
        item("giaddr the server's own", Expect.ANYTHING, discover().giaddr(own).bytes());
        item(
                "giaddr of a network that is not served",
                Expect.SILENCE,
                discover().giaddr(FOREIGN).bytes());
        item("sub-option 5 for a network that is not served", Expect.SILENCE, relayed(5, 4, 192, 0, 2, 0));
    }

    private byte[] relayed(int... option82) {
        return discover().giaddr(Ipv4.parse("10.67.0.2")).option(82, option82).bytes();
    }

    private byte[] relayed(byte[] option82) {
        return discover().giaddr(Ipv4.parse("10.67.0.2")).option(82, option82).bytes();
    }

    private void requests() {
        for (String address : List.of(
                "10.67.0.0",
                "10.67.0.1",
                "10.67.0.255",
                "10.67.0.31",
                "0.0.0.0",
                "127.0.0.1",
                "224.0.0.1",
                "192.0.2.9")) {
            Ipv4 wanted = Ipv4.parse(address);
            item(
                    "a reboot into " + address,
                    Expect.NO_ACK,
                    agent.relayed(request().option(50, wanted)));
            item(
                    "a renewal of " + address,
                    Expect.NO_ACK,
                    agent.relayed(request().ciaddr(wanted)));
            item(
                    "the selection of " + address,
                    Expect.NO_ACK,
                    agent.relayed(request().option(50, wanted).option(54, Ipv4.parse("10.67.0.1"))));
        }
        item(
                "a unicast request for nothing of ours with odd options",
                Expect.NO_ACK,
                request()
                        .ciaddr(FOREIGN)
                        .option(61)
                        .option(57, 0, 0)
                        .option(82, 9)
                        .bytes());
    }
}
