package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the clients were told and gave up, in order, one line each: {@code A} for an accepted ACK, {@code R} for a
 * release about to be sent, {@code N} for a NAK; then wall-clock milliseconds, monotonic nanoseconds, MAC and address;
 * for an ACK also when its request was first sent and the lease time in seconds. Other lines are remarks.
 */
final class AckLog implements Closeable {

    /** One line. Times are milliseconds of the wall clock. */
    sealed interface Entry permits Ack, Release, Nak {
        MacAddress mac();

        Ipv4 ip();

        long at();
    }

    record Ack(long at, MacAddress mac, Ipv4 ip, long requestSent, long leaseSeconds) implements Entry {

        /** Until when the client may use the address: it counts from its request (RFC 2131 section 4.4.1). */
        long expiry() {
            return requestSent / 1000 + leaseSeconds;
        }
    }

    record Release(long at, MacAddress mac, Ipv4 ip) implements Entry {}

    record Nak(long at, MacAddress mac, Ipv4 ip) implements Entry {}

    private final BufferedWriter out;

    private AckLog(BufferedWriter out) {
        this.out = out;
    }

    static AckLog appendTo(Path file) throws IOException {
        return new AckLog(Files.newBufferedWriter(
                file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    static List<Entry> read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                String[] f = line.split(" ");
                switch (f[0]) {
                    case "A" ->
                        entries.add(new Ack(time(f), mac(f), ip(f), Long.parseLong(f[5]), Long.parseLong(f[6])));
                    case "R" -> entries.add(new Release(time(f), mac(f), ip(f)));
                    case "N" -> entries.add(new Nak(time(f), mac(f), ip(f)));
                    default -> {
                        // A remark of the script.
                    }
                }
            }
        }
        return entries;
    }

    void write(Entry entry) throws IOException {
        String kind = entry.getClass().getSimpleName().substring(0, 1);
        out.write(kind + ' ' + entry.at() + ' ' + System.nanoTime() + ' ' + entry.mac() + ' ' + entry.ip());
        if (entry instanceof Ack ack) {
            out.write(" " + ack.requestSent() + ' ' + ack.leaseSeconds());
        }
        out.write('\n');
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static long time(String[] fields) {
        return Long.parseLong(fields[1]);
    }

    private static MacAddress mac(String[] fields) {
        return MacAddress.parse(fields[3]);
    }

    private static Ipv4 ip(String[] fields) {
        return Ipv4.parse(fields[4]);
    }
}
