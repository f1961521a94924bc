package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers each message on a loopback port as a test says, and remembers what it was sent. */
final class ScriptedServer implements AutoCloseable {

    private final DatagramSocket socket;
    private final List<byte[]> received = new CopyOnWriteArrayList<>();

    /** @param answer the reply to a datagram, null for silence */
    ScriptedServer(Function<byte[], byte @Nullable []> answer) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(answer), "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    List<byte[]> received() {
        return received;
    }

    DhcpPacket packet(int index) {
        return (DhcpPacket) PacketDecoder.decode(received.get(index));
    }

    private void serve(Function<byte[], byte @Nullable []> answer) {
        try {
            DatagramPacket in = new DatagramPacket(new byte[2048], 2048);
            while (true) {
                in.setLength(2048);
                socket.receive(in);
                byte[] bytes = Arrays.copyOf(in.getData(), in.getLength());
                received.add(bytes);
                byte[] reply = answer.apply(bytes);
                if (reply != null) {
                    socket.send(new DatagramPacket(reply, reply.length, in.getSocketAddress()));
                }
            }
        } catch (SocketException e) {
            // Closed: the test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
