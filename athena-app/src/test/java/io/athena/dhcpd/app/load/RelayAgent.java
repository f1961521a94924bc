package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A segment's relay agent: forwards to the server with giaddr and option 82, and hears what comes back. */
final class RelayAgent implements Closeable {

    private static final int CIRCUIT_ID = 1;
    private static final int LINK_SELECTION = 5;
    private static final int SOURCE_PORT = 19;
    private static final int DHCP_PORT = 67;

    private final InetSocketAddress server;
    private final Ipv4 giaddr;
    private final byte[] circuitId = {CIRCUIT_ID, 4, 'l', 'o', 'a', 'd'};
    private final byte[] aboutUs;
    private final DatagramChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(2048);

    /**
     * Opens the agent of a segment written {@code GIADDR[:PORT][/LINK]}: the port is 67 unless given, LINK names the
     * clients' network where giaddr is not of it (RFC 3527).
     */
    RelayAgent(String segment, InetSocketAddress server) throws IOException {
        this.server = server;
        String[] linkParts = segment.split("/");
        String[] addressParts = linkParts[0].split(":");
        giaddr = Ipv4.parse(addressParts[0]);
        int port = addressParts.length > 1 ? Integer.parseInt(addressParts[1]) : DHCP_PORT;
        aboutUs = aboutUs(port, linkParts.length > 1 ? Ipv4.parse(linkParts[1]) : null);
        channel = DatagramChannel.open();
        // A crowd's answers may come all at once.
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        channel.bind(new InetSocketAddress(addressParts[0], port));
        channel.configureBlocking(false);
    }

    private static byte[] aboutUs(int port, @Nullable Ipv4 link) {
        ByteBuffer value = ByteBuffer.allocate(32);
        if (link != null) {
            value.put((byte) LINK_SELECTION).put((byte) 4).put(link.toBytes());
        }
        if (port != DHCP_PORT) {
            // RFC 8357: the reply is wanted at the port that the message came from.
            value.put((byte) SOURCE_PORT).put((byte) 0);
        }
        byte[] bytes = new byte[value.position()];
        value.flip().get(bytes);
        return bytes;
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** The bytes of a message as this agent forwards it. */
    byte[] relayed(Datagram datagram) {
        return relayed(datagram, circuitId);
    }

    /** The same for a client on a port of its own. */
    byte[] relayed(Datagram datagram, int port) {
        byte[] circuit = {CIRCUIT_ID, 4, 0, (byte) (port >> 16), (byte) (port >> 8), (byte) port};
        return relayed(datagram, circuit);
    }

    private byte[] relayed(Datagram datagram, byte[] circuit) {
        byte[] option82 = ByteBuffer.allocate(circuit.length + aboutUs.length)
                .put(circuit)
                .put(aboutUs)
                .array();
        return datagram.giaddr(giaddr).option(82, option82).bytes();
    }

    void send(byte[] bytes) throws IOException {
        channel.send(ByteBuffer.wrap(bytes), server);
    }

    /** The next reply that is there, empty when there is none. */
    Optional<ServerReply> receive() throws IOException {
        while (true) {
            in.clear();
            try {
                if (channel.receive(in) == null) {
                    return Optional.empty();
                }
            } catch (PortUnreachableException e) {
                // The server is down: that is what the crash test is about.
                return Optional.empty();
            }
            in.flip();
            Optional<ServerReply> reply = ServerReply.read(in);
            if (reply.isPresent()) {
                return reply;
            }
        }
    }

    /** Sends and waits for the reply that is meant, sending again each second; empty when none came. */
    Optional<ServerReply> ask(byte[] message, Predicate<ServerReply> meant, int seconds) throws IOException {
        try (Selector selector = Selector.open()) {
            register(selector);
            for (int i = 0; i < seconds; i++) {
                send(message);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
                for (long left = 1000; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                    selector.select(left);
                    selector.selectedKeys().clear();
                    for (Optional<ServerReply> reply = receive(); reply.isPresent(); reply = receive()) {
                        if (meant.test(reply.get())) {
                            return reply;
                        }
                    }
                }
            }
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
