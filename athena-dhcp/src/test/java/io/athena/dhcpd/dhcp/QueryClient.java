package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A requester of leases on TCP, from an address of its own on the loopback interface. */
final class QueryClient implements AutoCloseable {

    private Socket socket = new Socket();
    private DataInputStream in;
    private final int port;

    /** @param from the last byte of its address 127.0.0.x */
    QueryClient(int port, int from) throws IOException {
        this.port = port;
        // A small window, so that one who does not read is noticed soon.
        socket.setReceiveBufferSize(32_768);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) from}), 0));
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(socket.getInputStream());
    }

    static ClientMessage query(MessageType type, int xid) {
        return ClientMessage.of(type, xid, null);
    }

    static byte[] framed(ClientMessage message) {
        byte[] bytes = message.toBytes();
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    void send(ClientMessage message) throws IOException {
        sendBytes(framed(message));
    }

    void sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next message; null when the server has closed the connection. */
    @Nullable
    DhcpPacket receive() throws IOException {
        try {
            byte[] message = new byte[in.readUnsignedShort()];
            in.readFully(message);
            return (DhcpPacket) PacketDecoder.decodeReply(message);
        } catch (EOFException e) {
            return null;
        } catch (SocketException e) {
            if (String.valueOf(e.getMessage()).contains("reset")) {
                return null;
            }
            throw e;
        }
    }

    /** All answers to a query but DHCPLEASEQUERYDONE, which comes last and says that all is well. */
    List<DhcpPacket> ask(ClientMessage query) throws IOException {
        send(query);
        return answers();
    }

    List<DhcpPacket> answers() throws IOException {
        List<DhcpPacket> answers = new ArrayList<>();
        DhcpPacket answer = receive();
        while (answer != null && answer.type() != MessageType.LEASEQUERYDONE) {
            answers.add(answer);
            answer = receive();
        }
        if (answer == null || answer.options().contains(151)) {
            throw new AssertionError("not done but " + answer);
        }
        return answers;
    }

    /** Goes on in TLS, as a client. */
    void upgrade(SSLContext context) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
        secure.startHandshake();
        socket = secure;
        in = new DataInputStream(secure.getInputStream());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
