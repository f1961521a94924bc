package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.config.HostPort;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Message;

/** A name server of which each answer is made up, by UDP and TCP on one port. */
final class FakeServer implements AutoCloseable {

    /** What is answered; several messages go out one after the other, none is silence. */
    interface Script {
        List<byte[]> answers(Message question) throws IOException;
    }

    static final Script SILENCE = question -> List.of();

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Script byUdp;
    private final Script byTcp;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    FakeServer(Script byUdp, Script byTcp) throws IOException {
        this.byUdp = byUdp;
        this.byTcp = byTcp;
        ServerSocket connections = null;
        DatagramSocket datagrams = null;
        while (datagrams == null) {
            connections = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            try {
                datagrams = new DatagramSocket(connections.getLocalPort(), InetAddress.getLoopbackAddress());
            } catch (BindException e) {
                // Somebody has the port for datagrams: another one.
                connections.close();
            }
        }
        tcp = connections;
        udp = datagrams;
        start(this::serveUdp);
        start(this::serveTcp);
    }

    HostPort address() {
        return new HostPort("127.0.0.1", tcp.getLocalPort());
    }

    /** How it was asked, in order: {@code udp} and {@code tcp}, and {@code gone} of who did not wait. */
    List<String> heard() {
        return heard;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                while (!udp.isClosed()) {
                    work.run();
                }
            } catch (IOException e) {
                // The sockets are closed: the test is over.
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
        udp.receive(packet);
        heard.add("udp");
        for (byte[] answer : byUdp.answers(new Message(Arrays.copyOf(packet.getData(), packet.getLength())))) {
            udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
    }

    private void serveTcp() throws IOException {
        try (Socket socket = tcp.accept()) {
            heard.add("tcp");
            answer(socket);
        }
    }

    private void answer(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] question = in.readNBytes(in.readUnsignedShort());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            List<byte[]> answers = byTcp.answers(new Message(question));
            for (byte[] answer : answers) {
                out.writeShort(answer.length);
                out.write(answer);
            }
            if (answers.isEmpty()) {
                // Until the client goes away.
                in.read();
            }
        } catch (IOException e) {
            // This client went away; the next one is served.
            heard.add("gone");
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
