package io.athena.dhcpd.dhcp.limit;

/**
 * Token buckets of as many keys as somebody cares to invent, in memory that is fixed: a bucket that is not in the table
 * is full. Where the table has no room, the fullest bucket is forgotten, that is, refilled: a crowd of invented keys may
 * win a heavy sender some tokens back, and never costs anybody one.
 */
final class BucketTable {

    /** Keys are hashes; those of one set compete for this many places. */
    private static final int WAYS = 8;

    private final Bucket bucket;
    private final long[] keys;
    private final long[] fullAt;
    private final int sets;

    /** @param size how many buckets it holds; a power of two, at least 8 */
    BucketTable(Bucket bucket, int size) {
        this.bucket = bucket;
        this.keys = new long[size];
        this.fullAt = new long[size];
        this.sets = size / WAYS;
    }

    /** Takes a token of a key's bucket; false when it has none. */
    boolean take(long key, long now) {
        int first = ((int) key & sets - 1) * WAYS;
        int fullest = first;
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key) {
                long after = bucket.take(fullAt[i], now, 0);
                if (after == Bucket.REFUSED) {
                    return false;
                }
                fullAt[i] = after;
                return true;
            }
            if (fullAt[i] < fullAt[fullest]) {
                fullest = i;
            }
        }
        long after = bucket.take(now, now, 0);
        if (fullAt[fullest] <= after) {
            keys[fullest] = key;
            fullAt[fullest] = after;
        }
        return true;
    }
}
