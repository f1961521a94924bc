package io.athena.dhcpd.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Followers of a store: where they begin, what is kept for them, and what is said of their own stores. */
class FollowerTest {

    private static final StoreSettings EXPECTING = StoreRig.SMALL.withFollowers(Set.of("names"));

    private static final StoreSettings ON_DEMAND =
            new StoreSettings(EXPECTING.journal(), 10_000, 3600, 5, 3600, EXPECTING.followers(), true);

    @TempDir
    Path temp;

    private StoreRig rig = new StoreRig(Path.of("unused"));

    @AfterEach
    void stop() {
        rig.close();
    }

    private LeaseStore open(StoreSettings settings) throws StoreException {
        rig.close();
        rig = new StoreRig(temp.resolve("store"), settings, TimeSource.system());
        return rig.open();
    }

    private static List<Long> read(Follower follower) throws IOException {
        List<Long> seen = new ArrayList<>();
        while (follower.tail().read(100, (sequence, kind, address, image, previous) -> seen.add(sequence)) > 0) {
            continue;
        }
        return seen;
    }

    private static void save(Follower follower, long cursor) {
        follower.store().save(cursor, List.of());
        follower.tail().release(cursor);
    }

    /**
     * Brings about that all records of now are in the checkpoint before the last. Three, as the first that ends may have
     * begun by itself, in the middle of what was committed.
     */
    private void freeAllButTheLast() {
        for (int i = 0; i < 3; i++) {
            rig.checkpoint();
        }
    }

    private static long segments(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("journal"))) {
            return files.filter(f -> f.toString().endsWith(".seg")).count();
        }
    }

    @Test
    void aFreshFollowerBeginsAtThePresentUntilItHasSaved() throws Exception {
        LeaseStore store = open(StoreRig.SMALL);
        rig.commit(0, 10);
        try (Follower follower = store.follow("names")) {
            assertThat(follower.fresh()).isTrue();
            assertThat(follower.tail().position()).isEqualTo(10);
            rig.commit(10, 13);
            assertThat(read(follower)).containsExactly(11L, 12L, 13L);
        }
        try (Follower follower = store.follow("names")) {
            assertThat(follower.fresh()).isTrue();
            assertThat(follower.tail().position()).isEqualTo(13);
            save(follower, 13);
        }
        try (Follower follower = store.follow("names")) {
            assertThat(follower.fresh()).isFalse();
        }
    }

    @Test
    void anExpectedFollowerFindsWhatWasJournalledBeforeItCameBack() throws Exception {
        try (Follower follower = open(EXPECTING).follow("names")) {
            rig.commit(0, 50);
            read(follower);
            save(follower, 40);
        }
        LeaseStore store = open(EXPECTING);
        rig.commit(50, 400);
        rig.checkpoint();
        rig.checkpoint();
        rig.checkpoint();
        try (Follower follower = store.follow("names")) {
            List<Long> seen = read(follower);
            assertThat(seen).hasSize(360).startsWith(41L).endsWith(400L);
            assertThat(follower.tail().missed()).isZero();
        }
    }

    @Test
    void theCheckpointAtTheEndTakesNothingFromAFollowerThatClosedBefore() throws Exception {
        Follower follower = open(EXPECTING).follow("names");
        save(follower, 0);
        rig.commit(0, 300);
        rig.checkpoint();
        follower.close();
        try (Follower again = open(EXPECTING).follow("names")) {
            assertThat(read(again)).hasSize(300);
            assertThat(again.tail().missed()).isZero();
        }
    }

    @Test
    void segmentsAreFreedWhenTheFollowerLetsGoAndNotEarlier() throws Exception {
        Follower follower = open(ON_DEMAND).follow("names");
        rig.commit(0, 1000);
        rig.checkpoint();
        rig.checkpoint();
        long kept = segments(rig.dir);
        assertThat(kept).isGreaterThan(8);
        long made = rig.store().checkpointsMade();
        save(follower, 1000);
        while (segments(rig.dir) > 1) {
            Thread.onSpinWait();
        }
        assertThat(rig.store().checkpointsMade()).as("no checkpoint was needed").isEqualTo(made);
        follower.close();
    }

    @Test
    void aFollowerThatLagsDoesNotKeepTheCheckpointThreadBusy() throws Exception {
        Follower follower = open(EXPECTING).follow("names");
        rig.commit(0, 1000);
        for (int i = 0; i < 3; i++) {
            rig.checkpoint();
        }
        long made = rig.store().checkpointsMade();
        for (int i = 0; i < 20; i++) {
            rig.commit(0, 1);
            rig.checkpoint();
        }
        // One more may have been under way; a thread that is kept busy makes one after the other.
        assertThat(rig.store().checkpointsMade() - made).isBetween(20L, 22L);
        follower.close();
    }

    @Test
    void oneThatIsCalledOffKeepsNothing() throws Exception {
        LeaseStore store = open(EXPECTING);
        rig.commit(0, 1000);
        freeAllButTheLast();
        assertThat(segments(rig.dir)).isGreaterThan(8);
        store.unfollow("names");
        while (segments(rig.dir) > 1) {
            Thread.onSpinWait();
        }
        try (Follower follower = store.follow("names")) {
            assertThat(follower.fresh()).isTrue();
        }
    }

    @Test
    void aFollowerThatComesUnexpectedMissesWhatIsGoneAndSaysSo() throws Exception {
        try (Follower follower = open(StoreRig.SMALL).follow("names")) {
            rig.commit(0, 5);
            save(follower, 5);
        }
        LeaseStore store = open(StoreRig.SMALL);
        rig.commit(5, 400);
        freeAllButTheLast();
        while (segments(rig.dir) > 2) {
            Thread.onSpinWait();
        }
        try (Follower follower = store.follow("names")) {
            assertThat(follower.fresh()).isFalse();
            assertThat(read(follower).size() + follower.tail().missed()).isEqualTo(395);
            assertThat(follower.tail().missed()).isGreaterThan(200);
        }
    }

    @Test
    void aShortVisitTakesNothingFromFollowers() throws Exception {
        try (Follower follower = open(EXPECTING).follow("names")) {
            save(follower, 0);
            rig.commit(0, 300);
        }
        open(StoreRig.SMALL.keepingSegments());
        rig.checkpoint();
        rig.checkpoint();
        try (Follower follower = open(EXPECTING).follow("names")) {
            assertThat(read(follower)).hasSize(300);
        }
    }

    @Test
    void aStoreThatCannotBeOpenedIsMovedAsideAndBegunAnew() throws Exception {
        try (Follower follower = open(StoreRig.SMALL).follow("names")) {
            follower.store().save(3, List.of(new FollowerStore.Entry(new byte[] {1}, new byte[] {2})));
        }
        rig.close();
        Path folder = rig.dir.resolve("names");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.write(file, "no store".getBytes(StandardCharsets.US_ASCII));
            }
        }
        try (Follower follower = open(StoreRig.SMALL).follow("names")) {
            assertThat(follower.fresh()).isTrue();
            save(follower, 1);
        }
        assertThat(rig.dir.resolve("names.damaged-1")).isDirectory();
    }

    @Test
    void aStoreThatCannotBeMadeIsToldAndTheLeasesGoOn() throws Exception {
        LeaseStore store = open(StoreRig.SMALL);
        Files.writeString(rig.dir.resolve("names"), "a file");
        assertThatThrownBy(() -> store.follow("names"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("names");
        assertThat(rig.commit(0, 3)).isTrue();
    }

    @Test
    void aFollowerIsNotCalledWhatIsThereAlready() throws Exception {
        LeaseStore store = open(StoreRig.SMALL);
        for (String name : List.of("journal", "xodus", "../x", "", "Names", "lock/")) {
            assertThatThrownBy(() -> store.follow(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatAFollowerKeptCanBeReadWithoutAServerAndWithoutWritingAByte() throws Exception {
        LeaseStore store = open(StoreRig.SMALL);
        try (Follower follower = store.follow("names")) {
            follower.store().save(3, List.of(new FollowerStore.Entry(new byte[] {1}, new byte[] {2})));
        }
        assertThatThrownBy(() -> LeaseStore.readFollower(rig.dir, "names"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("in use");
        rig.close();
        Map<Path, List<Object>> before = inventory(rig.dir);
        try (FollowerStore kept = LeaseStore.readFollower(rig.dir, "names").orElseThrow()) {
            assertThat(kept.cursor()).isEqualTo(3);
            List<byte[]> values = new ArrayList<>();
            kept.ascend(new byte[0], (key, value) -> values.add(value));
            assertThat(values).containsExactly(new byte[] {2});
            assertThatThrownBy(() -> kept.save(4, List.of())).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(rig::open).as("nobody writes while it is read").isInstanceOf(StoreException.class);
        }
        assertThat(inventory(rig.dir)).isEqualTo(before);
        assertThat(LeaseStore.readFollower(rig.dir, "history")).isEmpty();
        assertThat(inventory(rig.dir)).isEqualTo(before);
        rig.open();
    }

    private static Map<Path, List<Object>> inventory(Path dir) throws IOException {
        Map<Path, List<Object>> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        file,
                        List.of(
                                Files.getLastModifiedTime(file),
                                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)));
            }
        }
        return files;
    }
}
