package io.athena.dhcpd.events.syslog;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A connection, TLS or not, with each message behind its length (RFC 6587 section 3.4.1, RFC 5425 section 4.3). */
final class StreamLine implements SyslogLine {

    private static final int LISTEN_MILLIS = 100;

    private final Socket socket;
    private final Socket carrier;

    /** @param socket connected; closed with this @param carrier what is below it, itself where there is no TLS */
    StreamLine(Socket socket, Socket carrier) throws IOException {
        this.socket = socket;
        this.carrier = carrier;
        socket.setSoTimeout(LISTEN_MILLIS);
    }

    @Override
    public void send(List<byte[]> messages) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            frames.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(message);
        }
        socket.getOutputStream().write(frames.toByteArray());
        socket.getOutputStream().flush();
        try {
            // A receiver that went away before it read closes or resets the connection.
            if (socket.getInputStream().read() < 0) {
                throw new EOFException("the server closed the connection");
            }
        } catch (SocketTimeoutException e) {
            // Nobody complained.
        }
    }

    /** Without the farewell of TLS, for which there might be no room either. */
    @Override
    public void abort() {
        close(carrier);
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
