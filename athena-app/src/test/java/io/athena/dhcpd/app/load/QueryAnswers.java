package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A relay agent that takes some leases and then asks about them by DHCPLEASEQUERY, as {@code lab/query.sh} wants:
 * {@code QueryAnswers SERVER GIADDR}. It prints a line for each query with every field of the answer, times rounded, so
 * that what two servers say can be compared line by line.
 */
final class QueryAnswers {

    private static final int LEASEQUERY = 10;
    private static final int DHCP_PORT = 67;

    /** How long to wait before a message is sent again, or silence is looked into. */
    private static final int PATIENCE_MILLIS = 1500;

    private static final int TRIES = 40;

    /** Option 82: circuit id "p1" or "p2", remote id "dslam". */
    private static final byte[] FIRST_PORT = option82("p1");

    private static final byte[] SECOND_PORT = option82("p2");
    private static final byte[] REMOTE_ID = remoteId("dslam");

    private static final int[] ALL = {1, 3, 6, 12, 15, 51, 54, 58, 59, 60, 61, 82, 91, 92};

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final Ipv4 giaddr;
    private int xid = 100;

    /** An address that a query about is answered for certain. */
    private Ipv4 leased = Ipv4.ANY;

    private QueryAnswers(DatagramSocket socket, InetSocketAddress server, Ipv4 giaddr) {
        this.socket = socket;
        this.server = server;
        this.giaddr = giaddr;
    }

    public static void main(String[] args) throws IOException {
        InetSocketAddress own = new InetSocketAddress(InetAddress.getByName(args[1]), DHCP_PORT);
        try (DatagramSocket socket = new DatagramSocket(own)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            new QueryAnswers(socket, new InetSocketAddress(args[0], DHCP_PORT), Ipv4.parse(args[1])).run();
        }
    }

    private void run() throws IOException {
        Ipv4 plain = lease(1, FIRST_PORT, null);
        Ipv4 named = lease(2, SECOND_PORT, "01020000000002");
        Ipv4 gone = lease(3, FIRST_PORT, null);
        release(3, gone);
        leased = plain;
        tell("a leased address", query().ciaddr(plain).option(55, ALL));
        tell("another, whose client has an identifier", query().ciaddr(named).option(55, ALL));
        tell("a leased address, few options", query().ciaddr(plain).option(55, 51, 61));
        tell("a leased address, no list", query().ciaddr(plain));
        tell("a released address", query().ciaddr(gone).option(55, ALL));
        tell(
                "an address that is free",
                query().ciaddr(Ipv4.parse("10.67.0.190")).option(55, ALL));
        tell(
                "an address outside the pool",
                query().ciaddr(Ipv4.parse("10.67.0.9")).option(55, ALL));
        tell("an address of no subnet", query().ciaddr(Ipv4.parse("192.0.2.9")).option(55, ALL));
        tell("a hardware address", query(1).option(55, ALL));
        tell("that of a client with an identifier", query(2).option(55, ALL));
        tell("that of a client that released", query(3).option(55, ALL));
        tell("a hardware address nobody has", query(9).option(55, ALL));
        tell("a client identifier", query().option(61, bytes("01020000000002")).option(55, ALL));
        tell("a client identifier nobody has", query().option(61, bytes("0109")).option(55, ALL));
        tell("a remote id", query().option(82, REMOTE_ID).option(55, ALL));
        tell("a remote id nobody has", query().option(82, remoteId("other")).option(55, ALL));
        tell("nothing", query().option(55, ALL));
        tell("no giaddr", query().giaddr(Ipv4.ANY).ciaddr(plain).option(55, ALL));
    }

    // --- clients ------------------------------------------------------------------------------------------------

    private Ipv4 lease(int client, byte[] option82, @Nullable String identifier) throws IOException {
        byte[] offer = exchange(message(Datagram.DISCOVER, client, option82, identifier));
        Ipv4 address = Ipv4.of(offer, 16);
        byte[] ack = exchange(message(Datagram.REQUEST, client, option82, identifier)
                .option(50, address)
                .option(54, options(offer).get(54)));
        if (options(ack).get(53)[0] != ServerReply.ACK) {
            throw new IOException("no ACK for client " + client);
        }
        return address;
    }

    private void release(int client, Ipv4 address) throws IOException {
        send(Datagram.of(Datagram.RELEASE, ++xid, mac(client))
                .ciaddr(address)
                .option(54, Ipv4.of(server.getAddress().getAddress(), 0))
                .bytes());
    }

    private Datagram message(int type, int client, byte[] option82, @Nullable String identifier) {
        Datagram message = Datagram.of(type, ++xid, mac(client)).giaddr(giaddr).option(55, 1, 3, 51);
        if (identifier != null) {
            message.option(61, bytes(identifier));
        }
        return message.option(60, "lab".getBytes(StandardCharsets.US_ASCII)).option(82, option82);
    }

    // --- queries ------------------------------------------------------------------------------------------------

    private Datagram query(int client) {
        return Datagram.of(LEASEQUERY, ++xid, mac(client)).giaddr(giaddr);
    }

    /** A query without a hardware address. */
    private Datagram query() {
        return query(0).put(1, 0, 0).put(28, 0, 0, 0, 0, 0, 0);
    }

    private void tell(String about, Datagram query) throws IOException {
        byte[] message = query.bytes();
        send(message);
        byte[] answer = answerTo(message);
        if (answer == null) {
            // Silence, or a server that is held up: that is over when it answers what is asked next.
            exchange(query().ciaddr(leased));
            send(message);
            answer = answerTo(message);
        }
        System.out.println(about + ": " + (answer == null ? "silence" : text(answer)));
    }

    private static String text(byte[] answer) {
        StringBuilder text = new StringBuilder();
        Map<Integer, byte[]> options = options(answer);
        text.append("type ").append(options.get(53)[0]);
        text.append(", ciaddr ").append(Ipv4.of(answer, 12)).append(", yiaddr ").append(Ipv4.of(answer, 16));
        text.append(", giaddr ").append(Ipv4.of(answer, 24)).append(", htype ").append(answer[1]);
        text.append(", chaddr ").append(HexFormat.of().formatHex(answer, 28, 28 + (answer[2] & 0xff)));
        options.forEach((code, value) -> {
            if (code != 53) {
                text.append(", ").append(code).append(' ').append(value(code, value));
            }
        });
        return text.toString();
    }

    private static String value(int code, byte[] value) {
        return switch (code) {
            // To three minutes, so that no lease of an hour is near the edge when a second has passed.
            case 51, 58, 59 -> (ByteBuffer.wrap(value).getInt() + 179) / 180 * 3 + " min";
            case 91 -> ByteBuffer.wrap(value).getInt() < 600 ? "some minutes" : "long ago";
            case 92 -> addresses(value);
            default -> HexFormat.of().formatHex(value);
        };
    }

    private static String addresses(byte[] value) {
        String[] addresses = new String[value.length / 4];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = Ipv4.of(value, 4 * i).toString();
        }
        Arrays.sort(addresses);
        return String.join(" ", addresses);
    }

    // --- bytes --------------------------------------------------------------------------------------------------

    /** The answer to what is sent until there is one. */
    private byte[] exchange(Datagram datagram) throws IOException {
        byte[] message = datagram.bytes();
        for (int i = 0; i < TRIES; i++) {
            send(message);
            byte[] answer = answerTo(message);
            if (answer != null) {
                return answer;
            }
        }
        throw new IOException("no answer from " + server);
    }

    /** The answer, or null when none comes within a moment. */
    private byte @Nullable [] answerTo(byte[] message) throws IOException {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                socket.receive(packet);
                byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength());
                if (ByteBuffer.wrap(answer).getInt(4)
                                == ByteBuffer.wrap(message).getInt(4)
                        && answer[0] == 2) {
                    return answer;
                }
            }
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    private void send(byte[] message) throws IOException {
        socket.send(new DatagramPacket(message, message.length, server));
    }

    private static Map<Integer, byte[]> options(byte[] message) {
        Map<Integer, byte[]> options = new TreeMap<>();
        for (int at = 240; at + 1 < message.length && message[at] != -1; at += 2 + (message[at + 1] & 0xff)) {
            options.put(message[at] & 0xff, Arrays.copyOfRange(message, at + 2, at + 2 + (message[at + 1] & 0xff)));
        }
        return options;
    }

    private static MacAddress mac(int client) {
        return MacAddress.of(MacAddress.ETHERNET, new byte[] {2, 0, 0, 0, 0, (byte) client});
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] remoteId(String id) {
        byte[] text = id.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + text.length)
                .put((byte) 2)
                .put((byte) text.length)
                .put(text)
                .array();
    }

    private static byte[] option82(String port) {
        byte[] text = port.getBytes(StandardCharsets.US_ASCII);
        byte[] remote = remoteId("dslam");
        return ByteBuffer.allocate(2 + text.length + remote.length)
                .put((byte) 1)
                .put((byte) text.length)
                .put(text)
                .put(remote)
                .array();
    }
}
