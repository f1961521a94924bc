package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which value owns an address, where ranges may overlap and the one added first wins. Built once, then a binary search
 * without garbage.
 */
final class IntervalMap<T> {

    private final int[] starts;
    private final int[] ends;
    private final List<T> owners;

    private IntervalMap(int[] starts, int[] ends, List<T> owners) {
        this.starts = starts;
        this.ends = ends;
        this.owners = owners;
    }

    /** The owner of an address, or null. */
    @Nullable
    T get(Ipv4 address) {
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(starts[middle], address.bits()) > 0) {
                high = middle - 1;
            } else if (Integer.compareUnsigned(ends[middle], address.bits()) < 0) {
                low = middle + 1;
            } else {
                return owners.get(middle);
            }
        }
        return null;
    }

    /** The parts of the address space that are this owner's, ascending. */
    List<AddressRange> rangesOf(T owner) {
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            if (owners.get(i) == owner) {
                ranges.add(new AddressRange(new Ipv4(starts[i]), new Ipv4(ends[i])));
            }
        }
        return ranges;
    }

    static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** Takes ranges in the order of their precedence. */
    static final class Builder<T> {

        private record Piece<T>(long end, T owner) {}

        private final TreeMap<Long, Piece<T>> pieces = new TreeMap<>();

        /** Gives {@code owner} whatever of the range nobody has yet. */
        Builder<T> add(AddressRange range, T owner) {
            long from = range.first().toLong();
            long to = range.last().toLong();
            Map.Entry<Long, Piece<T>> before = pieces.floorEntry(from);
            if (before != null && before.getValue().end() >= from) {
                from = before.getValue().end() + 1;
            }
            while (from <= to) {
                Map.Entry<Long, Piece<T>> next = pieces.ceilingEntry(from);
                long end = next == null ? to : Math.min(to, next.getKey() - 1);
                if (end >= from) {
                    pieces.put(from, new Piece<>(end, owner));
                }
                if (next == null) {
                    break;
                }
                from = next.getValue().end() + 1;
            }
            return this;
        }

        IntervalMap<T> build() {
            int[] starts = new int[pieces.size()];
            int[] ends = new int[pieces.size()];
            List<T> owners = new ArrayList<>(pieces.size());
            for (Map.Entry<Long, Piece<T>> piece : pieces.entrySet()) {
                starts[owners.size()] = piece.getKey().intValue();
                ends[owners.size()] = (int) piece.getValue().end();
                owners.add(piece.getValue().owner());
            }
            return new IntervalMap<>(starts, ends, owners);
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(starts) + owners;
    }
}
