package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A relay agent with binary ids for {@code lab/matrix.sh}, since dhcrelay has only printable ones:
 * {@code AccessRelay GIADDR NEXT OPTION_82_HEX}. What clients broadcast it forwards to NEXT, a server or another relay
 * agent; replies lose option 82 and are broadcast to the clients (RFC 1542 section 4, RFC 3046 section 2.1).
 */
final class AccessRelay {

    private static final int DHCP_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int HOPS_AT = 3;
    private static final int GIADDR_AT = 24;
    private static final int OPTIONS_AT = 240;
    private static final int RELAY_AGENT = 82;
    private static final int END = 255;
    private static final byte FROM_CLIENT = 1;

    private final Ipv4 giaddr;
    private final InetSocketAddress next;
    private final byte[] option82;

    private AccessRelay(Ipv4 giaddr, InetSocketAddress next, byte[] option82) {
        this.giaddr = giaddr;
        this.next = next;
        this.option82 = option82;
    }

    public static void main(String[] args) throws IOException {
        new AccessRelay(
                        Ipv4.parse(args[0]),
                        new InetSocketAddress(args[1], DHCP_PORT),
                        HexFormat.of().parseHex(args[2]))
                .run();
    }

    private void run() throws IOException {
        InetSocketAddress clients = new InetSocketAddress("255.255.255.255", CLIENT_PORT);
        ByteBuffer in = ByteBuffer.allocate(2048);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.bind(new InetSocketAddress(DHCP_PORT));
            System.out.println("relaying");
            while (true) {
                in.clear();
                channel.receive(in);
                byte[] message = Arrays.copyOf(in.array(), in.position());
                if (message.length < OPTIONS_AT) {
                    continue;
                }
                byte[] relayed = message[0] == FROM_CLIENT ? towardsServer(message) : towardsClient(message);
                if (relayed != null) {
                    channel.send(ByteBuffer.wrap(relayed), message[0] == FROM_CLIENT ? next : clients);
                }
            }
        }
    }

    /** A client's message with giaddr and option 82; null when another agent has had it. */
    private byte @Nullable [] towardsServer(byte[] message) {
        if (!Ipv4.of(message, GIADDR_AT).isAny()) {
            return null;
        }
        int end = find(message, END);
        byte[] relayed = Arrays.copyOf(message, Math.max(message.length, end + option82.length + 3));
        relayed[HOPS_AT]++;
        System.arraycopy(giaddr.toBytes(), 0, relayed, GIADDR_AT, 4);
        relayed[end] = RELAY_AGENT;
        relayed[end + 1] = (byte) option82.length;
        System.arraycopy(option82, 0, relayed, end + 2, option82.length);
        relayed[end + 2 + option82.length] = (byte) END;
        return relayed;
    }

    /** A reply without option 82, which stands last; null when it is not this agent's or lacks its words. */
    private byte @Nullable [] towardsClient(byte[] message) {
        int at = find(message, RELAY_AGENT);
        boolean echoed = Ipv4.of(message, GIADDR_AT).equals(giaddr)
                && at < message.length
                && Arrays.equals(Arrays.copyOfRange(message, at + 2, at + 2 + option82.length), option82);
        if (!echoed) {
            return null;
        }
        byte[] stripped = message.clone();
        Arrays.fill(stripped, at, at + 2 + option82.length, (byte) 0);
        return stripped;
    }

    /** Where an option starts; the length of the message when it is not there. */
    private static int find(byte[] message, int code) {
        int at = OPTIONS_AT;
        while (at < message.length && (message[at] & 0xff) != code) {
            at += message[at] == 0 ? 1 : 2 + (message[at + 1] & 0xff);
        }
        return at;
    }
}
