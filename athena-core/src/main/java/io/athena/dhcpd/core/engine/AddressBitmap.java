package io.athena.dhcpd.core.engine;

/**
 * A set of numbers from 0 to size - 1 that finds its lowest member in a step a level: every level has one bit for 64 of
 * the level below. A pool of 16 million addresses has four levels.
 */
final class AddressBitmap {

    private final long[][] levels;
    private final int size;
    private int count;

    /** An empty set. */
    AddressBitmap(int size) {
        this.size = size;
        int depth = 1;
        for (long words = words(size); words > 1; words = words(words)) {
            depth++;
        }
        levels = new long[depth][];
        long bits = size;
        for (int level = 0; level < depth; level++) {
            bits = words(bits);
            levels[level] = new long[(int) Math.max(1, bits)];
        }
    }

    private static long words(long bits) {
        return (bits + 63) >>> 6;
    }

    int size() {
        return size;
    }

    /** How many members there are. */
    int count() {
        return count;
    }

    boolean contains(int member) {
        return (levels[0][member >>> 6] & 1L << member) != 0;
    }

    void add(int member) {
        if (contains(member)) {
            return;
        }
        count++;
        int bit = member;
        for (long[] level : levels) {
            level[bit >>> 6] |= 1L << bit;
            bit >>>= 6;
        }
    }

    void remove(int member) {
        if (!contains(member)) {
            return;
        }
        count--;
        int bit = member;
        for (long[] level : levels) {
            level[bit >>> 6] &= ~(1L << bit);
            if (level[bit >>> 6] != 0) {
                return;
            }
            bit >>>= 6;
        }
    }

    /** The lowest member, or -1 when there is none. */
    int first() {
        if (count == 0) {
            return -1;
        }
        int member = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            member = member << 6 | Long.numberOfTrailingZeros(levels[level][member]);
        }
        return member;
    }

    /** The highest member, or -1 when there is none. */
    int last() {
        if (count == 0) {
            return -1;
        }
        int member = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            member = member << 6 | 63 - Long.numberOfLeadingZeros(levels[level][member]);
        }
        return member;
    }
}
