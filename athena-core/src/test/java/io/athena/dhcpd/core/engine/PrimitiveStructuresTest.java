package io.athena.dhcpd.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flat structures under the lease table, each against a plain collection that is obviously right. */
class PrimitiveStructuresTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 4096, 4097, 300_000})
    void theBitmapAlwaysFindsItsLowestAndItsHighestMember(int size) {
        AddressBitmap bitmap = new AddressBitmap(size);
        TreeSet<Integer> model = new TreeSet<>();
        Random random = new Random(size);
        for (int i = 0; i < 5_000; i++) {
            int member = random.nextInt(size);
            if (random.nextInt(3) > 0) {
                bitmap.add(member);
                model.add(member);
            } else {
                bitmap.remove(member);
                model.remove(member);
            }
            assertThat(bitmap.first()).isEqualTo(model.isEmpty() ? -1 : model.first());
            assertThat(bitmap.last()).isEqualTo(model.isEmpty() ? -1 : model.last());
            assertThat(bitmap.count()).isEqualTo(model.size());
            assertThat(bitmap.contains(member)).isEqualTo(model.contains(member));
        }
    }

    @Test
    void theIndexFindsWhatWasAddedAndNothingElseWhenHashesCollide() {
        SlotIndex index = new SlotIndex();
        Map<Integer, Integer> hashOfSlot = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            int slot = random.nextInt(500);
            Integer hash = hashOfSlot.remove(slot);
            if (hash != null) {
                index.remove(hash, slot);
            } else {
                int colliding = SlotIndex.spread(random.nextInt(20));
                hashOfSlot.put(slot, colliding);
                index.add(colliding, slot);
            }
        }
        for (int value = 0; value < 20; value++) {
            int hash = SlotIndex.spread(value);
            Set<Integer> found = new HashSet<>();
            for (int at = index.first(hash); at >= 0; at = index.next(at, hash)) {
                assertThat(found.add(index.slotAt(at))).isTrue();
            }
            Set<Integer> expected = new HashSet<>();
            hashOfSlot.forEach((slot, of) -> {
                if (of == hash) {
                    expected.add(slot);
                }
            });
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void theHeapAlwaysNamesTheLeaseThatEndsFirst() {
        ExpiryHeap heap = new ExpiryHeap();
        Map<Integer, Long> model = new HashMap<>();
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            int slot = random.nextInt(300);
            if (random.nextInt(4) == 0) {
                heap.remove(slot);
                model.remove(slot);
            } else {
                // Beyond 2^31 the seconds are negative as an int: the year 2038 must not come first.
                long expiry = 0x7fff_ff00L + random.nextInt(1_000);
                heap.set(slot, expiry);
                model.put(slot, expiry);
            }
            long soonest =
                    model.values().stream().min(Comparator.naturalOrder()).orElse(-1L);
            assertThat(heap.first() < 0 ? -1L : heap.firstExpiry()).isEqualTo(soonest);
            if (heap.first() >= 0) {
                assertThat(model.get(heap.first())).isEqualTo(soonest);
            }
        }
    }

    @Test
    void endedAddressesAreReusedInTheOrderOfTheirEnd() {
        EndedLists lists = new EndedLists(2);
        Map<Integer, Deque<Integer>> model = Map.of(0, new ArrayDeque<>(), 1, new ArrayDeque<>());
        Random random = new Random(13);
        for (int i = 0; i < 10_000; i++) {
            int slot = random.nextInt(200);
            int pool = slot % 2;
            Deque<Integer> expected = model.get(pool);
            if (expected.remove(slot)) {
                lists.remove(slot);
            } else if (random.nextBoolean()) {
                lists.append(pool, slot);
                expected.addLast(slot);
            } else {
                lists.prepend(pool, slot);
                expected.addFirst(slot);
            }
            assertThat(lists.first(pool)).isEqualTo(expected.isEmpty() ? -1 : expected.peekFirst());
            assertThat(lists.count(pool)).isEqualTo(expected.size());
            assertThat(lists.contains(slot)).isEqualTo(expected.contains(slot));
        }
    }
}
