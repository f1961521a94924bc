package io.athena.dhcpd.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.journal.CommitWatch;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.LeaseFixtures;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseStoreTest {

    @TempDir
    Path dir;

    @Test
    void whatWasDurableIsThereAfterAReopening() throws StoreException {
        try (LeaseStore store = open()) {
            CommitWatch watch = new CommitWatch();
            store.journal().listen(watch);
            long last = 0;
            for (int i = 0; i < 1000; i++) {
                last = store.journal()
                        .append(
                                RecordKind.LEASE,
                                LeaseFixtures.FIRST + i,
                                LeaseCodec.encode(LeaseFixtures.lease(i)),
                                null);
            }
            assertThat(watch.isDurable(last)).isTrue();
        }
        try (LeaseStore store = open()) {
            assertThat(store.recovered().findings()).isEmpty();
            assertThat(leases(store.recovered())).hasSize(1000);
            assertThat(store.recovered().lastSequence()).isEqualTo(1000);
        }
    }

    @Test
    void aFolderInUseIsRefusedByTheNameOfItsProcess() throws StoreException {
        try (LeaseStore store = open()) {
            assertThat(store.journal().isWritable()).isTrue();
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "in use by the process " + ProcessHandle.current().pid());
        }
    }

    private LeaseStore open() throws StoreException {
        return LeaseStore.open(dir.resolve("store"), StoreSettings.DEFAULT, new Meters(), TimeSource.system());
    }

    private static Map<Integer, byte[]> leases(RecoveredState state) {
        Map<Integer, byte[]> leases = new TreeMap<>();
        state.forEachLease(leases::put);
        return leases;
    }
}
