package io.athena.dhcpd.events.syslog;

import io.athena.dhcpd.events.SyslogTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.net.ssl.SSLSocket;

/** Opens ways to a syslog server; names are looked up and files read anew each time. */
final class SyslogLines {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int HANDSHAKE_MILLIS = 10_000;

    private final SyslogTarget target;

    SyslogLines(SyslogTarget target) {
        this.target = target;
    }

    /** @throws IOException when there is none at present, with what was wrong */
    SyslogLine open() throws IOException {
        InetSocketAddress server =
                new InetSocketAddress(target.server().host(), target.server().port());
        if (server.isUnresolved()) {
            throw new UnknownHostException(target.server().host() + " is not known");
        }
        return switch (target.transport()) {
            case UDP -> new DatagramLine(server);
            case TCP -> plain(connected(server));
            case TLS -> secured(server);
        };
    }

    private static SyslogLine plain(Socket socket) throws IOException {
        return new StreamLine(socket, socket);
    }

    private static Socket connected(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(server, CONNECT_MILLIS);
            socket.setKeepAlive(true);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private SyslogLine secured(InetSocketAddress server) throws IOException {
        Socket plain = connected(server);
        try {
            plain.setSoTimeout(HANDSHAKE_MILLIS);
            SSLSocket socket = (SSLSocket) SyslogTls.context(target)
                    .getSocketFactory()
                    .createSocket(plain, target.server().host(), target.server().port(), true);
            SyslogTls.verify(socket);
            socket.startHandshake();
            return new StreamLine(socket, plain);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }
}
