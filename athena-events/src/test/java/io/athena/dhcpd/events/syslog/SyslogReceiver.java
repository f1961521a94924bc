package io.athena.dhcpd.events.syslog;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/** A syslog server that keeps what it is told, on loopback; it may go away and come back at its port. */
final class SyslogReceiver implements AutoCloseable {

    private static final int LONGEST_LENGTH = 5;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final @Nullable ServerSocket server;
    private final @Nullable DatagramSocket datagrams;
    private volatile boolean deaf;

    private SyslogReceiver(@Nullable ServerSocket server, @Nullable DatagramSocket datagrams) {
        this.server = server;
        this.datagrams = datagrams;
        Thread thread = new Thread(server == null ? this::receive : this::accept, "syslog-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    static SyslogReceiver udp(int port) throws IOException {
        return new SyslogReceiver(
                null, new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    static SyslogReceiver tcp(int port) throws IOException {
        while (true) {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.setReceiveBufferSize(4096);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return new SyslogReceiver(socket, null);
            } catch (BindException e) {
                // The receiver before still has the port, until its thread has noticed that it is closed.
                socket.close();
            }
        }
    }

    static SyslogReceiver tls(int port, SSLContext context) throws IOException {
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(port, 10, InetAddress.getLoopbackAddress());
        return new SyslogReceiver(socket, null);
    }

    /** Talks to nobody whose certificate it does not know. */
    static SyslogReceiver strictTls(SSLContext context) throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(true);
        return new SyslogReceiver(socket, null);
    }

    int port() {
        return server == null ? datagrams.getLocalPort() : server.getLocalPort();
    }

    /** Takes connections and reads nothing of them. */
    void turnDeaf() {
        deaf = true;
    }

    /** The next message. */
    String next() throws InterruptedException {
        String message = messages.poll(150, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came");
        }
        return message;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    private void receive() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
                datagrams.receive(packet);
                messages.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            messages.add("closed");
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.add(socket);
                Thread reader = new Thread(() -> read(socket), "syslog-connection");
                reader.setDaemon(true);
                reader.start();
            }
        } catch (IOException e) {
            messages.add("closed");
        }
    }

    private void read(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            while (!deaf) {
                byte[] message = in.readNBytes(length(in));
                messages.add(new String(message, StandardCharsets.UTF_8));
            }
            TimeUnit.MINUTES.sleep(1);
        } catch (IOException | InterruptedException e) {
            connections.remove(socket);
        }
    }

    /** RFC 6587 section 3.4.1: digits, the first no zero, and a space. */
    private static int length(InputStream in) throws IOException {
        StringBuilder digits = new StringBuilder();
        for (int octet = in.read(); octet != ' '; octet = in.read()) {
            if (octet < '0' || octet > '9' || digits.length() == LONGEST_LENGTH) {
                throw new IOException("not a length: " + digits + (char) octet);
            }
            digits.append((char) octet);
        }
        return Integer.parseInt(digits.toString());
    }

    @Override
    public void close() throws IOException {
        if (datagrams != null) {
            datagrams.close();
        }
        if (server != null) {
            server.close();
        }
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
