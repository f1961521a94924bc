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

    /** Adds an entry whose address is above all so far. */
    void add(int address, long sequence, byte @Nullable [] image) {
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
            images = Arrays.copyOf(images, 2 * size);
        }
        addresses[size] = address;
        sequences[size] = sequence;
        images[size++] = image;
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
