package io.athena.dhcpd.core.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest image of each address and its sequence: an open table of primitives, since there may be a million of
 * them. An entry without image is an address whose newest record cannot be read. Not for use by two threads at once.
 */
public final class ImageMap {

    private static final int SMALLEST = 64;

    private int[] addresses = new int[SMALLEST];
    private byte[] @Nullable [] images = new byte[SMALLEST][];

    /** 0 marks a free place; sequences start at 1. */
    private long[] sequences = new long[SMALLEST];

    private int size;

    /** Visits one entry. */
    public interface Visitor {

        /** @param image null when the newest record of the address cannot be read */
        void entry(int address, long sequence, byte @Nullable [] image);
    }

    /** Keeps an image unless there is one of a higher sequence. */
    public void put(int address, long sequence, byte @Nullable [] image) {
        if (2 * size >= addresses.length) {
            grow();
        }
        int place = place(address);
        if (sequences[place] == 0) {
            size++;
        } else if (sequences[place] > sequence) {
            return;
        }
        addresses[place] = address;
        sequences[place] = sequence;
        images[place] = image;
    }

    /** Adds all entries of {@code other}; higher sequences win. */
    public void putAll(ImageMap other) {
        for (int i = 0; i < other.addresses.length; i++) {
            if (other.sequences[i] != 0) {
                put(other.addresses[i], other.sequences[i], other.images[i]);
            }
        }
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The sequence of an address, 0 when it has no entry. */
    public long sequenceOf(int address) {
        return sequences[place(address)];
    }

    /** The image of an address, null when it has no entry or an unreadable one. */
    public byte @Nullable [] imageOf(int address) {
        return images[place(address)];
    }

    /** All addresses, ascending as unsigned numbers. */
    public int[] sortedAddresses() {
        int[] sorted = new int[size];
        int count = 0;
        for (int i = 0; i < addresses.length; i++) {
            if (sequences[i] != 0) {
                sorted[count++] = addresses[i] ^ Integer.MIN_VALUE;
            }
        }
        Arrays.sort(sorted);
        for (int i = 0; i < count; i++) {
            sorted[i] ^= Integer.MIN_VALUE;
        }
        return sorted;
    }

    /** Visits all entries in ascending order of unsigned address. */
    public void forEach(Visitor visitor) {
        for (int address : sortedAddresses()) {
            int place = place(address);
            visitor.entry(address, sequences[place], images[place]);
        }
    }

    /** Removes all entries. */
    public void clear() {
        addresses = new int[SMALLEST];
        images = new byte[SMALLEST][];
        sequences = new long[SMALLEST];
        size = 0;
    }

    private int place(int address) {
        int mask = addresses.length - 1;
        int at = address * 0x9e3779b9;
        at = (at ^ at >>> 15) & mask;
        while (sequences[at] != 0 && addresses[at] != address) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        int[] oldAddresses = addresses;
        byte[] @Nullable [] oldImages = images;
        long[] oldSequences = sequences;
        addresses = new int[2 * oldAddresses.length];
        images = new byte[addresses.length][];
        sequences = new long[addresses.length];
        for (int i = 0; i < oldAddresses.length; i++) {
            if (oldSequences[i] != 0) {
                int place = place(oldAddresses[i]);
                addresses[place] = oldAddresses[i];
                images[place] = oldImages[i];
                sequences[place] = oldSequences[i];
            }
        }
    }
}
