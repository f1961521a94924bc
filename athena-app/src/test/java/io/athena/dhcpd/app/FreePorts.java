package io.athena.dhcpd.app;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that a test starts seconds later. They lie below those that the system gives to whoever asks for any,
 * so that no client, probe or query has taken one meanwhile.
 */
final class FreePorts {

    private static final Path FOR_ANYBODY = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int LOWEST = 10_000;
    private static final int TRIES = 1_000;

    private FreePorts() {}

    /** A port that is free for UDP and for TCP. */
    static int any() throws IOException {
        int end = firstForAnybody();
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port from " + LOWEST + " to " + end + " is free");
    }

    private static int firstForAnybody() throws IOException {
        int usual = 32_768;
        if (!Files.exists(FOR_ANYBODY)) {
            return usual;
        }
        int first = Integer.parseInt(Files.readString(FOR_ANYBODY).strip().split("\\s+")[0]);
        return first > LOWEST ? first : usual;
    }

    private static boolean isFree(int port) {
        try (DatagramSocket udp = new DatagramSocket(port);
                ServerSocket tcp = new ServerSocket(port)) {
            return udp.isBound() && tcp.isBound();
        } catch (IOException e) {
            // Somebody has it.
            return false;
        }
    }
}
