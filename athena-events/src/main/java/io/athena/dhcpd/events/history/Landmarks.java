package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.core.store.FollowerStore.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the store says about the history itself: when it began, how far old entries are gone, when it was off. */
final class Landmarks {

    private static final byte TABLE = 0;
    private static final byte BEGIN = 'b';
    private static final byte SWEPT = 's';
    private static final byte REACH = 'r';
    private static final byte GAP = 'g';

    /** A time without history. @param until when it was on again, 0 while it is off */
    record Gap(long since, long until) {
        boolean covers(long time) {
            return time >= since && (until == 0 || time < until);
        }
    }

    private final FollowerStore store;

    Landmarks(FollowerStore store) {
        this.store = store;
    }

    /** Since when everything is written down; 0 before the leases of then were. */
    long begin() {
        byte[] value = get(key(BEGIN));
        return value == null ? 0 : ByteBuffer.wrap(value).getLong();
    }

    static Entry began(long time) {
        return new Entry(key(BEGIN), number(time));
    }

    /** The key up to which old entries were looked through; empty before the first time. */
    byte[] swept() {
        byte[] value = get(key(SWEPT));
        return value == null ? new byte[0] : value;
    }

    /** From when on nothing is gone, epoch seconds. */
    long reach() {
        byte[] value = get(key(REACH));
        return Math.max(begin(), value == null ? 0 : ByteBuffer.wrap(value).getLong());
    }

    static Entry reach(long time) {
        return new Entry(key(REACH), number(time));
    }

    static Entry swept(byte[] key) {
        return new Entry(key(SWEPT), key);
    }

    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        store.ascend(key(GAP), (key, value) -> {
            if (key.length != 2 + Long.BYTES || key[0] != TABLE || key[1] != GAP) {
                return false;
            }
            gaps.add(new Gap(
                    ByteBuffer.wrap(key, 2, Long.BYTES).getLong(),
                    ByteBuffer.wrap(value).getLong()));
            return true;
        });
        return gaps;
    }

    /** The time without history that has not ended; null when there is none. */
    @Nullable
    Gap openGap() {
        return gaps().stream().filter(gap -> gap.until() == 0).findFirst().orElse(null);
    }

    static Entry gap(Gap gap) {
        byte[] key = ByteBuffer.allocate(2 + Long.BYTES)
                .put(TABLE)
                .put(GAP)
                .putLong(gap.since())
                .array();
        return new Entry(key, number(gap.until()));
    }

    private byte @Nullable [] get(byte[] wanted) {
        byte[][] found = new byte[1][];
        store.ascend(wanted, (key, value) -> {
            if (Arrays.equals(key, wanted)) {
                found[0] = value;
            }
            return false;
        });
        return found[0];
    }

    private static byte[] key(byte name) {
        return new byte[] {TABLE, name};
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
