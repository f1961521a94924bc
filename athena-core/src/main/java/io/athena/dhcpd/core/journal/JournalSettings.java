package io.athena.dhcpd.core.journal;

/**
 * How the journal uses memory and disk.
 *
 * @param segmentBytes size of a segment file, a multiple of 8 above {@value SegmentHeader#BYTES}
 * @param queueCapacity appends that may wait, a power of two; more are refused
 * @param spares segments kept ready besides the one in use, at least 1
 * @param retryNanos how long to wait between attempts to open a segment after a failure
 */
public record JournalSettings(int segmentBytes, int queueCapacity, int spares, long retryNanos) {

    /** Segments of 16 MiB, 65,536 waiting appends, two spares, an attempt a second. */
    public static final JournalSettings DEFAULT = new JournalSettings(16 << 20, 1 << 16, 2, 1_000_000_000L);

    public JournalSettings {
        if (segmentBytes <= SegmentHeader.BYTES + Frame.HEADER || segmentBytes % Frame.ALIGNMENT != 0) {
            throw new IllegalArgumentException("a segment cannot have " + segmentBytes + " bytes");
        }
        if (spares < 1) {
            throw new IllegalArgumentException("a spare segment must exist");
        }
    }
}
