package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.app.probe.ProbeCommand.TargetOptions;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The probe's UDP socket; errors of the network come out with a text that says what to do. */
final class ProbeSocket implements Closeable {

    private static final int CLIENT_PORT = 68;
    private static final int RELAY_PORT = 67;
    private static final int LARGEST = 65_535;

    /**
     * A datagram that came in.
     *
     * @param from who sent it
     * @param millis how long after the last send it came
     */
    record Received(byte[] bytes, InetSocketAddress from, long millis) {}

    private final DatagramChannel channel;
    private final InetSocketAddress destination;
    private final TimeSource time;
    private long sentAt;

    private ProbeSocket(DatagramChannel channel, InetSocketAddress destination, TimeSource time) {
        this.channel = channel;
        this.destination = destination;
        this.time = time;
    }

    /** Opens the socket that the command line asks for. @throws IOException with a text for the operator */
    static ProbeSocket open(TargetOptions target, TimeSource time) throws IOException {
        InetSocketAddress destination = new InetSocketAddress(destination(target), target.port);
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            bind(channel, target);
            channel.configureBlocking(false);
            return new ProbeSocket(channel, destination, time);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static InetAddress destination(TargetOptions target) throws IOException {
        if (target.server != null) {
            return inet(target.server);
        }
        NetworkInterface found = NetworkInterface.getByName(target.networkInterface);
        if (found == null) {
            throw new IOException("there is no interface '" + target.networkInterface + "'; 'ip link' lists them");
        }
        // The network's own broadcast address, since only that chooses the interface.
        return found.getInterfaceAddresses().stream()
                .filter(address -> address.getAddress() instanceof Inet4Address)
                .map(ProbeSocket::broadcast)
                .findFirst()
                .orElseThrow(() -> new IOException("interface '" + target.networkInterface
                        + "' has no IPv4 address to send from; give it one, or use --server"));
    }

    /** Computed, since an address may be set up without one; a point-to-point link has none. */
    private static InetAddress broadcast(InterfaceAddress address) {
        int prefix = address.getNetworkPrefixLength();
        Ipv4 own = Ipv4.of(address.getAddress().getAddress(), 0);
        return inet(prefix > 30 ? Ipv4.BROADCAST : Cidr.around(own, prefix).broadcast());
    }

    private static void bind(DatagramChannel channel, TargetOptions target) throws IOException {
        Ipv4 relay = target.relay;
        InetAddress local = relay == null ? inet(Ipv4.ANY) : inet(relay);
        Integer asked = target.clientPort;
        int port = asked != null ? asked : relay == null ? CLIENT_PORT : RELAY_PORT;
        try {
            channel.bind(new InetSocketAddress(local, port));
        } catch (SocketException e) {
            if (relay == null || asked != null) {
                throw explained(e, local, port);
            }
            try {
                channel.bind(new InetSocketAddress(local, 0));
            } catch (SocketException again) {
                throw explained(again, local, 0);
            }
        }
    }

    private static IOException explained(SocketException e, InetAddress local, int port) {
        String where = local.getHostAddress() + " port " + port;
        String text = String.valueOf(e.getMessage());
        if (text.contains("Permission denied")) {
            return new IOException(
                    where + " needs root or CAP_NET_BIND_SERVICE; without them use --client-port 0 with a server on"
                            + " this machine, or --relay",
                    e);
        }
        if (text.contains("annot assign")) {
            return new IOException(
                    local.getHostAddress() + " is not an address of this machine; --relay takes one that is", e);
        }
        return new IOException(where + " cannot be used: " + text, e);
    }

    private static InetAddress inet(Ipv4 address) {
        try {
            return InetAddress.getByAddress(address.toBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    InetSocketAddress destination() {
        return destination;
    }

    int localPort() throws IOException {
        return channel.socket().getLocalPort();
    }

    void send(byte[] message) throws IOException {
        sentAt = time.nanoTime();
        try {
            channel.send(ByteBuffer.wrap(message), destination);
        } catch (IOException e) {
            throw new IOException(
                    "nothing can be sent to " + destination.getAddress().getHostAddress() + ": " + e.getMessage(), e);
        }
    }

    /** The first answer in what arrives within some seconds of the last send; null when there is none. */
    <T> @Nullable T await(int seconds, Function<Received, Optional<T>> reader) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(LARGEST);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            long wait = TimeUnit.SECONDS.toNanos(seconds);
            for (long left = wait; left > 0; left = wait - (time.nanoTime() - sentAt)) {
                selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                selector.selectedKeys().clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(in.clear());
                if (from != null) {
                    Optional<T> answer = reader.apply(received(in.flip(), from));
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                }
            }
            return null;
        }
    }

    private Received received(ByteBuffer in, InetSocketAddress from) {
        byte[] bytes = Arrays.copyOf(in.array(), in.limit());
        return new Received(bytes, from, TimeUnit.NANOSECONDS.toMillis(time.nanoTime() - sentAt));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
