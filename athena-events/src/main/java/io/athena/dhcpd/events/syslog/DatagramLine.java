package io.athena.dhcpd.events.syslog;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;

/** A datagram a message (RFC 5426). A receiver that is not there is noticed where its host says so by ICMP. */
final class DatagramLine implements SyslogLine {

    private static final int LISTEN_MILLIS = 100;

    private final DatagramSocket socket;

    DatagramLine(InetSocketAddress server) throws IOException {
        socket = new DatagramSocket();
        try {
            socket.connect(server);
            socket.setSoTimeout(LISTEN_MILLIS);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void send(List<byte[]> messages) throws IOException {
        for (byte[] message : messages) {
            socket.send(new DatagramPacket(message, message.length));
        }
        try {
            // What arrives is of no interest, save the kernel's word that nobody listens there.
            socket.receive(new DatagramPacket(new byte[1], 1));
        } catch (SocketTimeoutException e) {
            // Nobody complained.
        }
    }

    @Override
    public void abort() {
        socket.close();
    }

    @Override
    public void close() {
        socket.close();
    }
}
