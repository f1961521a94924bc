package io.athena.dhcpd.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.store.FollowerStore.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a follower's store keeps, in which order, and what it says of damage. */
class FollowerStoreTest {

    @TempDir
    Path temp;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Entry put(String key, String value) {
        return new Entry(bytes(key), bytes(value));
    }

    private static List<String> ascending(FollowerStore store, String from) {
        List<String> found = new ArrayList<>();
        store.ascend(
                bytes(from),
                (key, value) -> found.add(new String(key, StandardCharsets.US_ASCII) + "="
                        + new String(value, StandardCharsets.US_ASCII)));
        return found;
    }

    private static List<String> descending(FollowerStore store, String from) {
        List<String> found = new ArrayList<>();
        store.descend(bytes(from), (key, value) -> found.add(new String(key, StandardCharsets.US_ASCII)));
        return found;
    }

    private XodusFollowerStore open() {
        return XodusFollowerStore.open(temp.resolve("names"), true);
    }

    @Test
    void aNewStoreIsFreshUntilTheFirstSave() {
        try (XodusFollowerStore store = open()) {
            assertThat(store.isFresh()).isTrue();
            assertThat(store.cursor()).isZero();
            assertThat(ascending(store, "")).isEmpty();
            assertThat(descending(store, "z")).isEmpty();
        }
        try (XodusFollowerStore store = open()) {
            assertThat(store.isFresh()).isTrue();
            store.save(0, List.of());
            assertThat(store.isFresh()).isFalse();
        }
        try (XodusFollowerStore store = open()) {
            assertThat(store.isFresh()).isFalse();
            assertThat(store.cursor()).isZero();
        }
    }

    @Test
    void whatWasSavedIsThereAfterwardsWithItsCursor() {
        try (XodusFollowerStore store = open()) {
            store.save(5, List.of(put("b", "2"), put("a", "1"), put("c", "")));
            store.save(9, List.of(put("b", "3"), new Entry(bytes("a"), null), new Entry(bytes("x"), null)));
            assertThat(store.cursor()).isEqualTo(9);
        }
        try (XodusFollowerStore store = open()) {
            assertThat(store.cursor()).isEqualTo(9);
            assertThat(ascending(store, "")).containsExactly("b=3", "c=");
        }
    }

    @Test
    void aSaveThatFailsHalfwayLeavesNothingOfItself() {
        try (XodusFollowerStore store = open()) {
            store.save(5, List.of(put("a", "1")));
            assertThatThrownBy(() -> store.save(
                            6, Collections.unmodifiableList(Arrays.asList(put("a", "2"), put("b", "2"), null))))
                    .isInstanceOf(NullPointerException.class);
            assertThat(store.cursor()).isEqualTo(5);
            assertThat(ascending(store, "")).containsExactly("a=1");
        }
        try (XodusFollowerStore store = open()) {
            assertThat(store.cursor()).isEqualTo(5);
            assertThat(ascending(store, "")).containsExactly("a=1");
        }
    }

    @Test
    void aWalkBeginsAtTheNearestKeyAndEndsWhenTheVisitorSaysSo() {
        try (XodusFollowerStore store = open()) {
            store.save(1, List.of(put("b", ""), put("d", ""), put("dd", ""), put("f", "")));
            assertThat(ascending(store, "d")).containsExactly("d=", "dd=", "f=");
            assertThat(ascending(store, "c")).containsExactly("d=", "dd=", "f=");
            assertThat(ascending(store, "g")).isEmpty();
            assertThat(descending(store, "d")).containsExactly("d", "b");
            assertThat(descending(store, "e")).containsExactly("dd", "d", "b");
            assertThat(descending(store, "z")).containsExactly("f", "dd", "d", "b");
            assertThat(descending(store, "a")).isEmpty();
            assertThat(descending(store, "")).isEmpty();
            List<String> first = new ArrayList<>();
            store.ascend(new byte[0], (key, value) -> {
                first.add(new String(key, StandardCharsets.US_ASCII));
                return first.size() < 2;
            });
            assertThat(first).containsExactly("b", "d");
        }
    }

    @Test
    void aWalkSeesWhatWasThereWhenItBeganAlthoughItsVisitorSaves() {
        try (XodusFollowerStore store = open()) {
            store.save(1, List.of(put("a", "1"), put("b", "1")));
            List<String> seen = new ArrayList<>();
            store.ascend(new byte[0], (key, value) -> {
                seen.add(new String(value, StandardCharsets.US_ASCII));
                store.save(2, List.of(put("b", "2"), put("c", "2")));
                return true;
            });
            assertThat(seen).containsExactly("1", "1");
            assertThat(ascending(store, "")).containsExactly("a=1", "b=2", "c=2");
        }
    }

    @Test
    void keysAreSortedByteByByteWithoutSign() {
        Random random = new Random(4);
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        try (XodusFollowerStore store = open()) {
            for (int round = 1; round <= 60; round++) {
                List<Entry> changes = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    byte[] key = new byte[1 + random.nextInt(3)];
                    random.nextBytes(key);
                    byte[] value = random.nextInt(4) == 0 ? null : new byte[random.nextInt(20)];
                    changes.add(new Entry(key, value));
                    if (value == null) {
                        model.remove(key);
                    } else {
                        model.put(key, value);
                    }
                }
                store.save(round, changes);
                byte[] from = new byte[random.nextInt(3)];
                random.nextBytes(from);
                List<byte[]> up = new ArrayList<>();
                store.ascend(from, (key, value) -> up.add(key));
                assertThat(up)
                        .containsExactlyElementsOf(model.tailMap(from, true).keySet());
                List<byte[]> down = new ArrayList<>();
                store.descend(from, (key, value) -> down.add(key));
                assertThat(down)
                        .containsExactlyElementsOf(
                                model.headMap(from, true).descendingMap().keySet());
            }
        }
    }

    @Test
    void aDamagedEntryIsLeftOutAndTheOthersAreRead() throws IOException {
        try (XodusFollowerStore store = open()) {
            store.save(7, List.of(put("key-1", "value-one"), put("key-2", "value-two"), put("key-3", "value-three")));
        }
        flipAfter(bytes("value-tw"), 7);
        try (XodusFollowerStore store = open()) {
            assertThat(store.cursor()).isEqualTo(7);
            assertThat(ascending(store, "")).containsExactly("key-1=value-one", "key-3=value-three");
            assertThat(descending(store, "z")).containsExactly("key-3", "key-1");
            store.save(8, List.of(put("key-2", "again")));
            assertThat(ascending(store, "key-2")).containsExactly("key-2=again", "key-3=value-three");
        }
    }

    @Test
    void anEntryUnderAnotherKeyThanItsOwnIsLeftOut() throws IOException {
        try (XodusFollowerStore store = open()) {
            store.save(7, List.of(put("key-1", "value-one"), put("key-2", "value-two")));
        }
        flipAfter(bytes("key-2"), 4);
        try (XodusFollowerStore store = open()) {
            assertThat(ascending(store, "")).containsExactly("key-1=value-one");
        }
    }

    @Test
    void noFlippedBitChangesAnEntryInSilence() throws IOException {
        Map<String, String> saved = new TreeMap<>();
        Path folder = temp.resolve("sound");
        try (XodusFollowerStore store = XodusFollowerStore.open(folder, true)) {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                saved.put("key-" + i, "value-" + i);
                entries.add(put("key-" + i, "value-" + i));
            }
            store.save(1, List.of());
            store.save(4711, entries);
        }
        Random random = new Random(12);
        for (int round = 0; round < 80; round++) {
            Path copy = temp.resolve("flipped-" + round);
            StoreRig.copy(folder, copy);
            Path file = files(copy).get(0);
            byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            XodusFollowerStore store;
            try {
                store = XodusFollowerStore.open(copy, true);
            } catch (RuntimeException e) {
                continue;
            }
            try (store) {
                assertThat(store.cursor()).as("round %d", round).isIn(0L, 1L, 4711L);
                ascending(store, "").forEach(entry -> assertThat(saved)
                        .containsEntry(
                                entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1)));
            }
        }
    }

    /** Turns a bit of the byte that follows on some bytes in the newest file. */
    private void flipAfter(byte[] wanted, int offset) throws IOException {
        Path file = files(temp.resolve("names")).get(0);
        byte[] bytes = Files.readAllBytes(file);
        int at = bytes.length - wanted.length;
        while (!Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
            at--;
        }
        bytes[at + offset] ^= 8;
        Files.write(file, bytes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".xd")).sorted().toList();
        }
    }
}
