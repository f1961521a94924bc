package io.athena.dhcpd.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store folder after something happened to its checkpoint. */
class StoreDamageTest {

    private static final int LEASES = 300;

    @TempDir
    Path temp;

    private Path sound;
    private final Clock clock = new Clock();

    /** A clock that a test moves. */
    private static final class Clock implements TimeSource {
        private long seconds = 1_700_000_000L;

        @Override
        public long epochSeconds() {
            return seconds;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }

    /** A closed store whose leases are all in the checkpoint and whose journal has been recycled. */
    @BeforeEach
    void writeStore() throws StoreException {
        sound = temp.resolve("sound");
        try (StoreRig rig = new StoreRig(sound)) {
            rig.open();
            for (int round = 0; round < 4; round++) {
                rig.commit(0, LEASES);
                rig.checkpoint();
            }
        }
    }

    @Test
    void noFlippedBitOfTheCheckpointLosesALeaseInSilence() throws Exception {
        Random random = new Random(11);
        Path file = xodusFiles(sound).get(0);
        int length = (int) Files.size(file);
        for (int round = 0; round < 120; round++) {
            Path copy = temp.resolve("flipped-" + round);
            StoreRig.copy(sound, copy);
            Path damaged = xodusFiles(copy).get(0);
            byte[] bytes = Files.readAllBytes(damaged);
            bytes[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(damaged, bytes);
            assertNothingIsLostInSilence(copy);
        }
    }

    @Test
    void aLeaseStaysWithItsAddressWhenABitOfItsKeyIsTurned() throws Exception {
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            Path copy = temp.resolve("key-" + bit);
            StoreRig.copy(sound, copy);
            Path damaged = xodusFiles(copy).get(0);
            byte[] bytes = Files.readAllBytes(damaged);
            int key = keyOf(bytes, bit);
            bytes[key + bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(damaged, bytes);
            for (int opening = 0; opening < 2; opening++) {
                assertEveryLeaseIsThereOnce(copy);
            }
        }
    }

    /** Where the newest entry of a lease begins, which is its key. */
    private static int keyOf(byte[] file, int lease) {
        byte[] image = StoreRig.image(lease);
        byte[] value = StoredValue.encode(StoreRig.address(lease), 3L * LEASES + lease + 1, image);
        for (int at = file.length - value.length; at > 0; at--) {
            if (Arrays.equals(file, at, at + value.length, value, 0, value.length)) {
                return at - Integer.BYTES;
            }
        }
        throw new IllegalStateException("lease " + lease + " is not in the checkpoint");
    }

    private void assertEveryLeaseIsThereOnce(Path dir) throws StoreException {
        try (StoreRig rig = new StoreRig(dir)) {
            RecoveredState state = rig.open().recovered();
            List<Integer> addresses = new ArrayList<>();
            state.forEachLease((address, image) -> addresses.add(address));
            assertThat(addresses)
                    .as("in %s: %s", dir, state.findings())
                    .containsExactly(IntStream.range(0, LEASES)
                            .mapToObj(StoreRig::address)
                            .toArray(Integer[]::new));
            assertThat(state.caution()).isFalse();
            rig.commit(0, LEASES);
            rig.checkpoint();
        }
    }

    @Test
    void aCheckpointThatWasCutOffLosesNoLeaseInSilence() throws Exception {
        int length = (int) Files.size(xodusFiles(sound).get(0));
        for (int cut = 0; cut < 40; cut++) {
            Path copy = temp.resolve("cut-" + cut);
            StoreRig.copy(sound, copy);
            Path damaged = xodusFiles(copy).get(0);
            Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), (int) ((long) length * cut / 40)));
            assertThat(LeaseStore.readOnly(copy).lastSequence()).isEqualTo(4L * LEASES);
            assertNothingIsLostInSilence(copy);
        }
    }

    private void assertNothingIsLostInSilence(Path dir) throws StoreException {
        try (StoreRig rig = new StoreRig(dir)) {
            RecoveredState state = rig.open().recovered();
            Set<Integer> damaged = new HashSet<>(state.damaged());
            Map<Integer, byte[]> leases = StoreRig.leases(state);
            for (int i = 0; i < LEASES; i++) {
                byte[] image = leases.get(StoreRig.address(i));
                if (image == null) {
                    assertThat(damaged.contains(StoreRig.address(i)) || state.caution())
                            .as("lease %d of %s: %s", i, dir, state.findings())
                            .isTrue();
                    assertThat(state.findings()).isNotEmpty();
                } else {
                    assertThat(image).isEqualTo(StoreRig.image(i));
                }
            }
            assertThat(rig.commit(LEASES, LEASES + 1)).as("it serves on").isTrue();
            rig.checkpoint();
        }
    }

    @Test
    void aCheckpointWithoutItsJournalCallsForCaution() throws Exception {
        deleteAll(sound.resolve("journal"));
        try (StoreRig rig = new StoreRig(sound)) {
            RecoveredState state = rig.open().recovered();
            assertThat(state.caution()).isTrue();
            assertThat(state.findings()).anyMatch(f -> f.contains("journal is gone"));
            assertThat(StoreRig.leases(state)).hasSize(LEASES);
            assertThat(state.lastSequence()).isEqualTo(4L * LEASES);
        }
    }

    @Test
    void aRecycledJournalWithoutItsCheckpointCallsForCaution() throws Exception {
        deleteAll(sound.resolve("xodus"));
        try (StoreRig rig = new StoreRig(sound)) {
            RecoveredState state = rig.open().recovered();
            assertThat(state.caution()).isTrue();
            assertThat(state.findings()).anyMatch(f -> f.contains("are gone"));
            assertThat(rig.commit(0, 1)).isTrue();
        }
    }

    @Test
    void cautionOutlivesARestartAndEndsWithTheLongestLease() throws Exception {
        deleteAll(sound.resolve("journal"));
        for (int opening = 0; opening < 2; opening++) {
            try (StoreRig rig = new StoreRig(sound, StoreRig.SMALL, clock)) {
                assertThat(rig.open().recovered().caution()).isTrue();
                rig.commit(0, 1);
                rig.checkpoint();
                rig.checkpoint();
            }
            clock.seconds += 1000;
        }
        clock.seconds += 3600;
        try (StoreRig rig = new StoreRig(sound, StoreRig.SMALL, clock)) {
            assertThat(rig.open().recovered().caution()).isFalse();
        }
    }

    @Test
    void readingADamagedFolderTellsWhatIsLeft() throws Exception {
        for (Path file : xodusFiles(sound)) {
            Files.write(file, new byte[100]);
        }
        RecoveredState state = LeaseStore.readOnly(sound);
        assertThat(state.caution()).isTrue();
        assertThat(state.findings()).isNotEmpty();
    }

    private static List<Path> xodusFiles(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("xodus"))) {
            return files.filter(f -> f.toString().endsWith(".xd")).sorted().toList();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
