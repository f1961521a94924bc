package io.athena.dhcpd.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.journal.Changes;
import io.athena.dhcpd.core.journal.LeaseFixtures;
import io.athena.dhcpd.core.journal.RecoveredState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that ended between two of its transactions. */
class PartialCheckpointTest {

    private static final int LEASES = 20_000;

    @TempDir
    Path temp;

    @Test
    void aCheckpointCutShortSaysThatItReachesNowhere() throws Exception {
        Changes changes = manyLeases(1000);
        try (XodusCheckpoint checkpoint = XodusCheckpoint.open(folder(), true)) {
            AtomicInteger slices = new AtomicInteger();
            assertThat(checkpoint.apply(changes, 0, () -> slices.incrementAndGet() <= 2))
                    .isFalse();
            Images images = new Images();
            checkpoint.loadLeases(images);
            assertThat(images.size()).isEqualTo(2 * 8192);
            assertThat(checkpoint.mark()).isEqualTo(CheckpointMark.NONE);

            assertThat(checkpoint.apply(changes, 7, () -> true)).isTrue();
            assertThat(checkpoint.mark()).isEqualTo(new CheckpointMark(1000 + LEASES, LEASES, 7));
        }
    }

    @Test
    void newRecordsOutrankWhatACutShortCheckpointHeldOfALostJournal() throws Exception {
        try (XodusCheckpoint checkpoint = XodusCheckpoint.open(folder(), true)) {
            AtomicInteger slices = new AtomicInteger();
            checkpoint.apply(manyLeases(1000), 0, () -> slices.incrementAndGet() <= 2);
        }
        for (int opening = 0; opening < 2; opening++) {
            try (StoreRig rig = new StoreRig(temp.resolve("store"))) {
                RecoveredState state = rig.open().recovered();
                byte[] image = StoreRig.leases(state).get(StoreRig.address(5));
                assertThat(image).isEqualTo(opening == 0 ? new byte[] {1} : StoreRig.image(5));
                assertThat(rig.commit(5, 6)).isTrue();
            }
        }
    }

    private Path folder() throws Exception {
        return Files.createDirectories(temp.resolve("store").resolve("xodus"));
    }

    private static Changes manyLeases(long base) {
        Changes changes = new Changes(0);
        for (int i = 0; i < LEASES; i++) {
            changes.leases().put(LeaseFixtures.FIRST + i, base + i + 1, new byte[] {1});
            changes.reach(base + i + 1);
        }
        return changes;
    }
}
