package io.athena.dhcpd.ddns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A TCP port of 127.0.0.1 that refuses connections. It is taken, so that nobody else gets it, and no connection starts
 * there and meets itself.
 */
public final class HeldPort implements AutoCloseable {

    private final Socket holder = new Socket();

    public HeldPort() throws IOException {
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public int number() {
        return holder.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
