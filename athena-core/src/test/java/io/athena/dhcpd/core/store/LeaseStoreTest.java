package io.athena.dhcpd.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.LeaseFixtures;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.net.Ipv4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseStoreTest {

    @TempDir
    Path temp;

    private StoreRig rig;

    @BeforeEach
    void layOut() {
        rig = new StoreRig(temp.resolve("store"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aNewFolderIsEmptyAndWithoutFindings() throws StoreException {
        RecoveredState state = rig.open().recovered();
        assertThat(state.findings()).isEmpty();
        assertThat(state.caution()).isFalse();
        assertThat(state.damaged()).isEmpty();
        assertThat(state.lastSequence()).isZero();
        assertThat(state.newestTime()).isZero();
        assertThat(StoreRig.leases(state)).isEmpty();
    }

    @Test
    void aNewFolderIsOpenToItsOwnerOnly() throws Exception {
        rig.open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.dir)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatWasDurableIsThereAfterAReopening() throws StoreException {
        rig.open();
        assertThat(rig.commit(0, 1000)).isTrue();
        rig.close();

        RecoveredState state = rig.open().recovered();

        assertThat(state.findings()).isEmpty();
        assertThat(state.lastSequence()).isEqualTo(1000);
        assertThat(state.newestTime()).isEqualTo(1_700_000_999L);
        assertHolds(state, 1000);
    }

    @Test
    void leasesComeInOrderOfUnsignedAddressFromCheckpointAndJournal() throws StoreException {
        rig.open();
        List<Integer> addresses = List.of(5, -5, 7, Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 1);
        for (int i = 0; i < addresses.size(); i++) {
            rig.store().journal().append(RecordKind.LEASE, addresses.get(i), new byte[] {1}, null);
            if (i == 3) {
                assertThat(rig.commit(0, 1)).isTrue();
                rig.checkpoint();
            }
        }
        rig.commit(0, 1);
        rig.close();
        List<Integer> visited = new ArrayList<>();
        rig.open().recovered().forEachLease((address, image) -> visited.add(address));
        assertThat(visited).containsExactly(1, 5, 7, LeaseFixtures.FIRST, Integer.MAX_VALUE, Integer.MIN_VALUE, -5, -1);
    }

    @Test
    void conflictsAndExclusionsAreKeptAndLifted() throws StoreException {
        rig.open();
        byte[] conflict = ConflictCodec.encode(LeaseFixtures.randomConflict(new Random(1)));
        byte[] exclusion = new Exclusion(new Ipv4(8), "a printer", "admin", 1).encode();
        LeaseJournal journal = rig.store().journal();
        journal.append(RecordKind.CONFLICT, 7, conflict, null);
        journal.append(RecordKind.EXCLUSION, 8, exclusion, null);
        journal.append(RecordKind.EXCLUSION, 9, exclusion, null);
        rig.commit(0, 1);
        rig.checkpoint();
        journal.append(RecordKind.EXCLUSION, 8, new byte[0], null);
        rig.commit(1, 2);
        for (int opening = 0; opening < 3; opening++) {
            rig.close();
            RecoveredState state = rig.open().recovered();
            Map<Integer, byte[]> conflicts = new HashMap<>();
            Map<Integer, byte[]> exclusions = new HashMap<>();
            state.forEachConflict(conflicts::put);
            state.forEachExclusion(exclusions::put);
            assertThat(conflicts).containsOnlyKeys(7).containsEntry(7, conflict);
            assertThat(exclusions).containsOnlyKeys(9).containsEntry(9, exclusion);
        }
    }

    @Test
    void aFolderInUseIsRefusedByTheNameOfItsProcess() throws StoreException {
        rig.open();
        StoreRig second = new StoreRig(rig.dir);
        assertThatThrownBy(second::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        "in use by the process " + ProcessHandle.current().pid());
        assertThatThrownBy(() -> LeaseStore.readOnly(rig.dir))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("in use by");
        assertThat(rig.commit(0, 1)).isTrue();
    }

    @Test
    void aFolderOfANewerVersionIsRefusedAndLeftUntouched() throws Exception {
        Files.createDirectories(rig.dir);
        Files.writeString(rig.dir.resolve("version"), "2\n");
        Map<Path, String> before = snapshot(rig.dir);

        assertThatThrownBy(rig::open).isInstanceOf(StoreException.class).hasMessageContaining("newer version");
        assertThatThrownBy(() -> LeaseStore.readOnly(rig.dir)).hasMessageContaining("newer version");

        assertThat(snapshot(rig.dir)).isEqualTo(before);
    }

    @Test
    void anUnreadableVersionIsDamageAndNoReasonToRefuse() throws Exception {
        rig.open();
        rig.commit(0, 3);
        rig.close();
        Files.write(rig.dir.resolve("version"), new byte[] {0, 1, 2});
        assertHolds(rig.open().recovered(), 3);
        assertThat(Files.readString(rig.dir.resolve("version"))).isEqualTo("1\n");
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Files.writeString(rig.dir, "not a folder");
        assertThatThrownBy(rig::open).isInstanceOf(StoreException.class).hasMessageContaining("is a file");
        assertThatThrownBy(() -> LeaseStore.readOnly(rig.dir)).hasMessageContaining("is a file");
    }

    @Test
    void readingWithoutAStoreSaysSo() {
        assertThatThrownBy(() -> LeaseStore.readOnly(rig.dir)).hasMessageContaining("no lease store");
        assertThat(rig.dir).doesNotExist();
    }

    @Test
    void readingWritesNoByte() throws Exception {
        rig.open();
        rig.commit(0, 200);
        rig.checkpoint();
        rig.commit(200, 300);
        Path copy = temp.resolve("copy");
        StoreRig.copy(rig.dir, copy);
        rig.close();
        for (Path dir : List.of(copy, rig.dir)) {
            Map<Path, String> before = snapshot(dir);
            RecoveredState state = LeaseStore.readOnly(dir);
            assertThat(snapshot(dir)).containsExactlyInAnyOrderEntriesOf(before);
            assertThat(state.findings()).isEmpty();
            assertHolds(state, 300);
        }
    }

    @Test
    void afterACheckpointTheJournalIsReused() throws Exception {
        rig.open();
        for (int round = 0; round < 20; round++) {
            assertThat(rig.commit(0, 200)).isTrue();
            rig.checkpoint();
        }
        rig.checkpoint();
        try (Stream<Path> files = Files.list(rig.dir.resolve("journal"))) {
            assertThat(files.count()).isLessThan(12);
        }
        assertThat(rig.meters.counter(DhcpMeter.CHECKPOINTS).sum()).isGreaterThanOrEqualTo(21);
        rig.close();
        RecoveredState state = rig.open().recovered();
        assertThat(state.findings()).isEmpty();
        assertThat(state.lastSequence()).isEqualTo(4000);
        assertHolds(state, 200);
    }

    @Test
    void aFullJournalBringsOnACheckpointByItself() throws StoreException {
        rig.open();
        int next = 0;
        while (rig.store().checkpointsMade() < 3) {
            assertThat(rig.commit(next, next + 10)).isTrue();
            next += 10;
        }
        rig.close();
        assertHolds(rig.open().recovered(), next);
    }

    @Test
    void aCopyMadeAtAnyMomentHoldsWhatWasDurableBefore() throws Exception {
        rig.open();
        Random random = new Random(5);
        int next = 0;
        for (int round = 0; round < 25; round++) {
            next += 1 + random.nextInt(200);
            for (int i = 0; i < next; i++) {
                rig.append(random.nextInt(next));
            }
            assertThat(rig.commit(0, next)).isTrue();
            int durable = next;
            if (random.nextBoolean()) {
                rig.store().requestCheckpoint();
            }
            for (int i = durable; i < durable + 100; i++) {
                rig.append(i);
            }
            Path copy = temp.resolve("copy-" + round);
            StoreRig.copy(rig.dir, copy);
            try (StoreRig opened = new StoreRig(copy)) {
                RecoveredState state = opened.open().recovered();
                Map<Integer, byte[]> leases = StoreRig.leases(state);
                for (int i = 0; i < durable; i++) {
                    assertThat(leases.get(StoreRig.address(i)))
                            .as("lease %d, round %d, %s", i, round, state.findings())
                            .isEqualTo(StoreRig.image(i));
                }
            }
            assertThat(rig.commit(durable, durable + 1)).isTrue();
        }
    }

    @Test
    void aDiskWithoutRoomRefusesAndComesBack() throws StoreException {
        rig.open();
        rig.files.setFull(true);
        int durable = 0;
        while (rig.store().journal().isWritable() && rig.commit(durable, durable + 1)) {
            durable++;
        }
        rig.files.setFull(false);
        while (!rig.store().journal().isWritable()) {
            Thread.onSpinWait();
        }
        assertThat(rig.commit(durable, durable + 1)).isTrue();
        rig.close();
        assertHolds(rig.open().recovered(), durable + 1);
    }

    private static void assertHolds(RecoveredState state, int count) {
        Map<Integer, byte[]> leases = StoreRig.leases(state);
        assertThat(leases).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(leases.get(StoreRig.address(i))).isEqualTo(StoreRig.image(i));
        }
    }

    /** Every file with its time and content. */
    private static Map<Path, String> snapshot(Path dir) throws IOException {
        Map<Path, String> snapshot = new HashMap<>();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.toList()) {
                String content = Files.isDirectory(file) ? "" : Arrays.hashCode(Files.readAllBytes(file)) + "";
                snapshot.put(file, Files.getLastModifiedTime(file) + " " + content);
            }
        }
        return snapshot;
    }
}
