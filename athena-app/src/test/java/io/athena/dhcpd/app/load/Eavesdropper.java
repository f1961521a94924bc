package io.athena.dhcpd.app.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Listens on a segment and says again what it heard, as somebody without a key can:
 * {@code Eavesdropper overhear INTERFACE FILE} keeps the next signed DHCPREQUEST, {@code repeat INTERFACE FILE} sends it.
 */
final class Eavesdropper {

    private static final int OPTIONS_AT = 14 + 20 + 8 + 240;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(240);

    /** The head of an option 90 of RFC 3118 with secret ID and HMAC. */
    private static final byte[] SIGNED = {90, 31, 1, 1, 0};

    private static final byte[] REQUEST = {53, 1, Datagram.REQUEST};

    private Eavesdropper() {}

    public static void main(String[] args) throws IOException {
        try (PacketPort port = new PacketPort(args[1])) {
            Path file = Path.of(args[2]);
            if (args[0].equals("overhear")) {
                Files.write(file, overhear(port));
            } else {
                byte[] frame = Files.readAllBytes(file);
                port.send(frame, frame.length);
            }
        }
    }

    private static byte[] overhear(PacketPort port) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE) {
            Optional<byte[]> frame = port.receiveFrame().filter(each -> holds(each, REQUEST) && holds(each, SIGNED));
            if (frame.isPresent()) {
                return frame.get();
            }
        }
        throw new IOException("no signed DHCPREQUEST was heard");
    }

    private static boolean holds(byte[] frame, byte[] bytes) {
        for (int at = OPTIONS_AT; at + bytes.length <= frame.length; at++) {
            if (Arrays.equals(frame, at, at + bytes.length, bytes, 0, bytes.length)) {
                return true;
            }
        }
        return false;
    }
}
