package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.ImageMap;
import io.athena.dhcpd.core.journal.RecoveredState;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Images with their sequences in ascending order of unsigned address; null images cannot be read. */
final class Images {

    private int[] addresses = new int[64];
    private long[] sequences = new long[64];
    private byte[] @Nullable [] images = new byte[64][];
    private int size;
    private int misplaced;

    /** Adds an entry. One that is not above the last shows that keys are damaged; of two for one address one stays. */
    void add(int address, long sequence, byte @Nullable [] image) {
        int at = size;
        while (at > 0 && Integer.compareUnsigned(addresses[at - 1], address) >= 0) {
            at--;
        }
        if (at < size) {
            misplaced++;
        }
        if (at < size && addresses[at] == address) {
            if (image != null && (images[at] == null || sequences[at] < sequence)) {
                sequences[at] = sequence;
                images[at] = image;
            }
        } else {
            insert(at, address, sequence, image);
        }
    }

    private void insert(int at, int address, long sequence, byte @Nullable [] image) {
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
            images = Arrays.copyOf(images, 2 * size);
        }
        System.arraycopy(addresses, at, addresses, at + 1, size - at);
        System.arraycopy(sequences, at, sequences, at + 1, size - at);
        System.arraycopy(images, at, images, at + 1, size - at);
        addresses[at] = address;
        sequences[at] = sequence;
        images[at] = image;
        size++;
    }

    /** Notes that an entry was found under another key than its own. */
    void addMisplaced() {
        misplaced++;
    }

    /** How many entries were not where they belong. */
    int misplaced() {
        return misplaced;
    }

    /** The highest sequence of all entries. */
    long highestSequence() {
        long highest = 0;
        for (int i = 0; i < size; i++) {
            highest = Math.max(highest, sequences[i]);
        }
        return highest;
    }

    int size() {
        return size;
    }

    /** These entries and those of {@code newer}; of two for one address the higher sequence. */
    Images merge(ImageMap newer) {
        Images merged = new Images();
        int[] added = newer.sortedAddresses();
        int at = 0;
        for (int i = 0; i < size; i++) {
            while (at < added.length && Integer.compareUnsigned(added[at], addresses[i]) < 0) {
                merged.addFrom(newer, added[at++]);
            }
            boolean both = at < added.length && added[at] == addresses[i];
            if (both && newer.sequenceOf(added[at]) > sequences[i]) {
                merged.addFrom(newer, added[at]);
            } else {
                merged.add(addresses[i], sequences[i], images[i]);
            }
            at += both ? 1 : 0;
        }
        while (at < added.length) {
            merged.addFrom(newer, added[at++]);
        }
        return merged;
    }

    private void addFrom(ImageMap map, int address) {
        add(address, map.sequenceOf(address), map.imageOf(address));
    }

    /** Visits the entries that can be read and hold something. */
    void forEachReadable(RecoveredState.Visitor visitor) {
        for (int i = 0; i < size; i++) {
            byte[] image = images[i];
            if (image != null && image.length > 0) {
                visitor.image(addresses[i], image);
            }
        }
    }

    /** Visits like {@link #forEachReadable} and keeps nothing, so that the images have one owner afterwards. */
    void drain(RecoveredState.Visitor visitor) {
        forEachReadable(visitor);
        addresses = new int[0];
        sequences = new long[0];
        images = new byte[0][];
        size = 0;
    }

    /** Visits the addresses of the entries that cannot be read. */
    void forEachUnreadable(IntConsumer visitor) {
        for (int i = 0; i < size; i++) {
            if (images[i] == null) {
                visitor.accept(addresses[i]);
            }
        }
    }

    /** Puts every readable entry into a table. */
    void copyTo(ImageMap table) {
        for (int i = 0; i < size; i++) {
            if (images[i] != null) {
                table.put(addresses[i], Math.max(1, sequences[i]), images[i]);
            }
        }
    }
}
