package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A DHCP client on the loopback interface; the server answers it at its own address. */
final class LoopbackClient implements AutoCloseable {

    /** However busy the machine is, an answer that has not come by then does not come. */
    private static final int PATIENCE_MILLIS = 60_000;

    private final DatagramSocket socket;
    private final int serverPort;
    private int xid = 1000;

    LoopbackClient(int serverPort) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        // The answers to a flood wait here while the rest of it is sent.
        socket.setReceiveBufferSize(4 << 20);
        this.serverPort = serverPort;
    }

    int port() {
        return socket.getLocalPort();
    }

    static MacAddress mac(int number) {
        return MacAddress.of(1, new byte[] {2, 0, 0, 0, (byte) (number >> 8), (byte) number});
    }

    ClientMessage message(MessageType type, int client) {
        return ClientMessage.of(type, ++xid, mac(client)).ask(1, 3, 6, 51, 54);
    }

    /** A DHCPLEASEQUERY that names no client (RFC 4388). */
    ClientMessage query() {
        return ClientMessage.of(MessageType.LEASEQUERY, ++xid, null);
    }

    /** DISCOVER to ACK; the address. */
    Ipv4 lease(int client) throws IOException {
        DhcpPacket offer = exchange(message(MessageType.DISCOVER, client));
        DhcpPacket ack = exchange(
                message(MessageType.REQUEST, client).option(50, offer.yiaddr()).option(54, offer.serverId()));
        if (ack.type() != MessageType.ACK) {
            throw new AssertionError("no ACK but " + ack);
        }
        return ack.yiaddr();
    }

    DhcpPacket reboot(int client, Ipv4 address) throws IOException {
        return exchange(message(MessageType.REQUEST, client).option(50, address));
    }

    DhcpPacket renew(int client, Ipv4 address) throws IOException {
        return exchange(message(MessageType.REQUEST, client).ciaddr(address));
    }

    /** Sends and takes the answer to it; fails when none comes. */
    DhcpPacket exchange(ClientMessage message) throws IOException {
        byte[] bytes = message.toBytes();
        send(bytes);
        DhcpPacket reply = receive();
        while (reply != null && reply.xid() != xid) {
            reply = receive();
        }
        if (reply == null) {
            throw new AssertionError("no answer");
        }
        return reply;
    }

    void send(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(
                bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort)));
    }

    /** Throws away what has come until nothing more does. */
    void discard() throws IOException {
        DatagramPacket any = new DatagramPacket(new byte[1500], 1500);
        socket.setSoTimeout(5);
        try {
            while (true) {
                socket.receive(any);
            }
        } catch (SocketTimeoutException e) {
            // Quiet now.
        }
    }

    /** The next answer; null when none comes. */
    @Nullable
    DhcpPacket receive() throws IOException {
        return receive(PATIENCE_MILLIS);
    }

    @Nullable
    DhcpPacket receive(int millis) throws IOException {
        DatagramPacket reply = new DatagramPacket(new byte[1500], 1500);
        socket.setSoTimeout(millis);
        try {
            socket.receive(reply);
        } catch (SocketTimeoutException e) {
            return null;
        }
        return (DhcpPacket) PacketDecoder.decodeReply(Arrays.copyOf(reply.getData(), reply.getLength()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
