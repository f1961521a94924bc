package io.athena.dhcpd.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageMapTest {

    @Test
    void itHoldsTheNewestOfManyAddresses() {
        ImageMap map = new ImageMap();
        Map<Integer, Long> expected = new HashMap<>();
        Random random = new Random(2);
        for (long sequence = 1; sequence <= 50_000; sequence++) {
            int address = random.nextInt(20_000) - 10_000;
            map.put(address, sequence, new byte[] {(byte) sequence});
            expected.put(address, sequence);
        }
        assertThat(map.size()).isEqualTo(expected.size());
        expected.forEach((address, sequence) -> {
            assertThat(map.sequenceOf(address)).isEqualTo(sequence);
            assertThat(map.imageOf(address)).containsExactly((byte) (long) sequence);
        });
        assertThat(map.sequenceOf(1_000_000)).isZero();
        assertThat(map.imageOf(1_000_000)).isNull();
    }

    @Test
    void anOlderImageNeverReplacesANewerOne() {
        ImageMap map = new ImageMap();
        map.put(1, 9, new byte[] {9});
        map.put(1, 8, new byte[] {8});
        ImageMap later = new ImageMap();
        later.put(1, 7, new byte[] {7});
        later.put(2, 10, null);
        map.putAll(later);
        assertThat(map.imageOf(1)).containsExactly(9);
        assertThat(map.sequenceOf(2)).as("known, but unreadable").isEqualTo(10);
    }

    @Test
    void addressesComeInUnsignedOrder() {
        ImageMap map = new ImageMap();
        for (int address : new int[] {-1, 0, 5, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            map.put(address, 1, new byte[0]);
        }
        List<Integer> visited = new ArrayList<>();
        for (int address : map.sortedAddresses()) {
            visited.add(address);
        }
        assertThat(visited).containsExactly(0, 5, Integer.MAX_VALUE, Integer.MIN_VALUE, -1);
        map.clear();
        assertThat(map.isEmpty()).isTrue();
        assertThat(map.sequenceOf(5)).isZero();
    }
}
