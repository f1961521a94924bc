package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Asks a server what a file says and prints the answers, one field a line, so that those of two servers can be compared:
 * {@code ImportAsker INTERFACE SERVER_MAC SERVER QUESTIONS}. A line of the file is
 * {@code NAME RELAY MAC FIRST-LAST [CODE=HEX]...}; the range is that of the addresses that are as good as each other, or
 * {@code -}. Of an ACK only what differs from the OFFER is printed.
 */
final class ImportAsker {

    private static final int PARAMETER_LIST = 55;
    private static final int MAX_SIZE = 57;
    private static final int DOMAIN_SEARCH = 119;

    /** What the exchange itself says, and what no configuration sets. */
    private static final Set<Integer> NOT_ASKED_FOR = Set.of(50, 52, 53, 54, 55, 56, 57, 61, 80, 81, 82, 90, 118);

    /** A text may end in a NUL, which says nothing (RFC 2132 section 2). */
    private static final Set<Integer> TEXTS = Set.of(12, 15, 17, 66, 67);

    private final WireStation station;

    private ImportAsker(WireStation station) {
        this.station = station;
    }

    public static void main(String[] args) throws IOException {
        try (PacketPort port = new PacketPort(args[0])) {
            WireStation station = new WireStation(port, MacAddress.parse(args[1]), Ipv4.parse(args[2]));
            ImportAsker asker = new ImportAsker(station);
            for (String line : Files.readAllLines(Path.of(args[3]))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    asker.ask(line.split("\\s+"));
                }
            }
        }
    }

    private void ask(String[] words) throws IOException {
        Optional<HeardReply> offer = exchange(words, message(words, Datagram.DISCOVER));
        if (offer.isEmpty()) {
            System.out.println(words[0] + " no offer");
            return;
        }
        Map<String, String> offered = fields(offer.get(), words[3]);
        offered.forEach((field, value) -> System.out.println(words[0] + " " + field + " " + value));
        Optional<HeardReply> ack = exchange(
                words,
                message(words, Datagram.REQUEST)
                        .option(50, offer.get().yiaddr())
                        .option(54, offer.get().address(54)));
        if (ack.isEmpty()) {
            System.out.println(words[0] + " no ack");
            return;
        }
        Map<String, String> given = fields(ack.get(), words[3]);
        given.entrySet().removeAll(offered.entrySet());
        given.forEach((field, value) -> System.out.println(words[0] + " ack " + field + " " + value));
    }

    private Datagram message(String[] words, int type) {
        Datagram message = station.message(type, MacAddress.parse(words[2]));
        for (int i = 4; i < words.length; i++) {
            String[] option = words[i].split("=");
            message.option(Integer.parseInt(option[0]), HexFormat.of().parseHex(option[1]));
        }
        int[] list = IntStream.rangeClosed(1, 254)
                .filter(code -> !NOT_ASKED_FOR.contains(code))
                .toArray();
        return message.option(PARAMETER_LIST, list).option(MAX_SIZE, 0x05, 0xdc);
    }

    private Optional<HeardReply> exchange(String[] words, Datagram message) throws IOException {
        Ipv4 relay = Ipv4.parse(words[1]);
        byte[] relayed = message.giaddr(relay).put(3, 1).bytes();
        return station.relay(relay, WireStation.SERVER_PORT, relayed);
    }

    private static Map<String, String> fields(HeardReply reply, String range) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("yiaddr", place(reply.yiaddr(), range));
        fields.put("siaddr", reply.siaddr().toString());
        fields.put("sname", text(reply.message(), 44, 64));
        fields.put("file", text(reply.message(), 108, 128));
        List<HeardReply.Option> all = reply.allOptions();
        for (int code : new TreeSet<>(all.stream().map(HeardReply.Option::code).toList())) {
            if (code != 52 && code != 53) {
                fields.put(Integer.toString(code), value(code, HeardReply.joined(all, code)));
            }
        }
        return fields;
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

    private static String value(int code, byte[] value) {
        if (code == DOMAIN_SEARCH) {
            return String.join(",", names(value));
        }
        String hex = HexFormat.of().formatHex(value);
        return TEXTS.contains(code) && hex.endsWith("00") ? hex.substring(0, hex.length() - 2) : hex;
    }

    /** RFC 3397: a name may end in a pointer to an earlier one. */
    private static List<String> names(byte[] value) {
        List<String> names = new ArrayList<>();
        int next = 0;
        while (next < value.length) {
            StringBuilder name = new StringBuilder();
            int at = next;
            boolean jumped = false;
            while (value[at] != 0) {
                int length = value[at] & 0xff;
                boolean pointer = length >= 0xc0;
                if (!pointer) {
                    name.append(new String(value, at + 1, length, StandardCharsets.US_ASCII))
                            .append('.');
                } else if (!jumped) {
                    next = at + 2;
                    jumped = true;
                }
                at = pointer ? (length & 0x3f) << 8 | (value[at + 1] & 0xff) : at + 1 + length;
            }
            next = jumped ? next : at + 1;
            names.add(name.toString());
        }
        return names;
    }

    private static String text(byte[] message, int from, int size) {
        int end = from;
        while (end < from + size && message[end] != 0) {
            end++;
        }
        return '"' + new String(message, from, end - from, StandardCharsets.ISO_8859_1) + '"';
    }
}
