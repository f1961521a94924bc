package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Asks a server what a file says and prints the answers, one field a line, so that those of two servers can be compared:
 * {@code ImportAsker INTERFACE SERVER_MAC SERVER QUESTIONS}. A line of the file is
 * {@code NAME RELAY MAC FIRST-LAST [CODE=HEX]...}: the relay agent or {@code -} for a client on the server's segment, and
 * the range of the addresses that all may be given, or {@code -}.
 */
final class ImportAsker {

    private static final int PARAMETER_LIST = 55;
    private static final int MAX_SIZE = 57;

    /** What one gets unasked, what is the exchange's own, and what no configuration sets. */
    private static final SortedSet<Integer> NOT_ASKED_FOR = new TreeSet<>(
            IntStream.of(50, 52, 53, 54, 55, 56, 57, 61, 80, 81, 82, 90, 118).boxed().toList());

    private final WireStation station;
    private final PrintStream out;

    private ImportAsker(WireStation station, PrintStream out) {
        this.station = station;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        try (PacketPort port = new PacketPort(args[0])) {
            WireStation station = new WireStation(port, MacAddress.parse(args[1]), Ipv4.parse(args[2]));
            ImportAsker asker = new ImportAsker(station, System.out);
            for (String line : Files.readAllLines(Path.of(args[3]))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    asker.ask(line.split("\\s+"));
                }
            }
        }
    }

    private void ask(String[] words) throws IOException {
        MacAddress mac = MacAddress.parse(words[2]);
        Optional<HeardReply> offer = exchange(words, mac, message(words, Datagram.DISCOVER, mac));
        show(words, offer);
        if (offer.isPresent() && offer.get().type() == ServerReply.OFFER) {
            Datagram request = message(words, Datagram.REQUEST, mac)
                    .option(50, offer.get().yiaddr())
                    .option(54, offer.get().address(54));
            show(words, exchange(words, mac, request));
        }
    }

    private Datagram message(String[] words, int type, MacAddress mac) {
        Datagram message = station.message(type, mac);
        for (int i = 4; i < words.length; i++) {
            String[] option = words[i].split("=");
            message.option(Integer.parseInt(option[0]), HexFormat.of().parseHex(option[1]));
        }
        int[] list = IntStream.rangeClosed(1, 254)
                .filter(code -> !NOT_ASKED_FOR.contains(code))
                .toArray();
        return message.option(PARAMETER_LIST, list).option(MAX_SIZE, 0x05, 0xdc);
    }

    private Optional<HeardReply> exchange(String[] words, MacAddress mac, Datagram message) throws IOException {
        if (words[1].equals("-")) {
            return station.broadcast(mac, message.put(10, WireStation.BROADCAST_FLAG).bytes());
        }
        Ipv4 relay = Ipv4.parse(words[1]);
        return station.relay(relay, WireStation.SERVER_PORT, message.giaddr(relay).put(3, 1).bytes());
    }

    private void show(String[] words, Optional<HeardReply> answer) {
        if (answer.isEmpty()) {
            out.println(words[0] + " no answer");
            return;
        }
        HeardReply reply = answer.get();
        String head = words[0] + (reply.type() == ServerReply.OFFER ? " offer " : " answer " + reply.type() + " ");
        out.println(head + "yiaddr " + place(reply.yiaddr(), words[3]));
        out.println(head + "siaddr " + reply.siaddr());
        out.println(head + "sname " + text(reply.message(), 44, 64));
        out.println(head + "file " + text(reply.message(), 108, 128));
        SortedSet<Integer> codes = new TreeSet<>(reply.allOptions().stream().map(HeardReply.Option::code).toList());
        for (int code : codes) {
            out.println(head + code + " " + HexFormat.of().formatHex(HeardReply.joined(reply.allOptions(), code)));
        }
    }

    /** Which address of a range a server chooses is its own affair. */
    private static String place(Ipv4 address, String range) {
        if (range.equals("-")) {
            return address.toString();
        }
        String[] ends = range.split("-");
        boolean inside = address.compareTo(Ipv4.parse(ends[0])) >= 0 && address.compareTo(Ipv4.parse(ends[1])) <= 0;
        return inside ? range : address.toString();
    }

    private static String text(byte[] message, int from, int size) {
        int end = from;
        while (end < from + size && message[end] != 0) {
            end++;
        }
        return new String(message, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
