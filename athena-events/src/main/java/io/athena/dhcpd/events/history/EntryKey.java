package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.net.Ipv4;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where an entry stands: sorted by time with all that it says; and, without a value, sorted by address, and in the queue
 * of what syslog has yet to be told.
 *
 * @param order the code of the kind, by which two entries of one record and second are told apart
 */
record EntryKey(Ipv4 ip, long time, long sequence, byte order) {

    private static final byte BY_ADDRESS = 1;
    private static final byte BY_TIME = 2;
    private static final byte QUEUE = 3;
    private static final int LENGTH = 1 + Integer.BYTES + 2 * Long.BYTES + 1;

    static EntryKey of(HistoryEntry entry) {
        return new EntryKey(entry.lease().ip(), entry.time(), entry.sequence(), (byte)
                entry.kind().code());
    }

    /** Before all entries of an address that are not older. */
    static EntryKey first(Ipv4 ip, long time) {
        return new EntryKey(ip, time, 0, (byte) 0);
    }

    /** After all entries of an address up to a time. */
    static EntryKey last(Ipv4 ip, long time) {
        return new EntryKey(ip, time, -1, (byte) -1);
    }

    byte[] byAddress() {
        return start(BY_ADDRESS)
                .putInt(ip.bits())
                .putLong(time)
                .putLong(sequence)
                .put(order)
                .array();
    }

    byte[] byTime() {
        return start(BY_TIME)
                .putLong(time)
                .putInt(ip.bits())
                .putLong(sequence)
                .put(order)
                .array();
    }

    byte[] queue() {
        return start(QUEUE)
                .putLong(sequence)
                .put(order)
                .putLong(time)
                .putInt(ip.bits())
                .array();
    }

    private static ByteBuffer start(byte table) {
        return ByteBuffer.allocate(LENGTH).put(table);
    }

    static boolean isByAddress(byte[] key) {
        return key.length == LENGTH && key[0] == BY_ADDRESS;
    }

    static boolean isByTime(byte[] key) {
        return key.length == LENGTH && key[0] == BY_TIME;
    }

    static boolean isQueue(byte[] key) {
        return key.length == LENGTH && key[0] == QUEUE;
    }

    /** Reverses the three forms. */
    static EntryKey parse(byte[] key) {
        ByteBuffer in = ByteBuffer.wrap(key, 1, key.length - 1);
        return switch (key[0]) {
            case BY_ADDRESS -> new EntryKey(new Ipv4(in.getInt()), in.getLong(), in.getLong(), in.get());
            case BY_TIME -> {
                long time = in.getLong();
                yield new EntryKey(new Ipv4(in.getInt()), time, in.getLong(), in.get());
            }
            default -> {
                long sequence = in.getLong();
                byte order = in.get();
                long time = in.getLong();
                yield new EntryKey(new Ipv4(in.getInt()), time, sequence, order);
            }
        };
    }

    /** Before the first entry by time. */
    static byte[] byTimeFrom(long time) {
        return start(BY_TIME).putLong(time).array();
    }

    /** Before the first key of the queue. */
    static byte[] queueStart() {
        return new byte[] {QUEUE};
    }

    /** After this key and before the next. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
