package io.athena.dhcpd.dhcp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers, below those that the kernel gives to sockets which do not care: what is free now is then still free
 * when the server comes, whatever else opens sockets meanwhile.
 */
public final class FreePorts {

    private static final int FIRST = 10_000;
    private static final int LAST = 30_000;
    private static final int TRIES = 1_000;

    private FreePorts() {}

    /** Opens and closes a socket on a port; fails where the port is taken. */
    @FunctionalInterface
    private interface Trial {
        void of(int port) throws IOException;
    }

    public static int udp() {
        return free(port -> new DatagramSocket(port).close());
    }

    /** On the loopback address. */
    public static int tcp() {
        return free(port -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close());
    }

    private static int free(Trial trial) {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try {
                trial.of(port);
                return port;
            } catch (IOException e) {
                // Somebody has it.
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " to " + LAST + " is free");
    }
}
