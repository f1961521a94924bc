package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.net.Ipv4;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address whose record cannot be read may be somebody's, whatever becomes of its subnet. */
class DamagedRecordTest {

    private static final Ipv4 DAMAGED = Ipv4.parse("127.0.0.100");

    private static final String ITS_SUBNET = """
            [[subnet]]
            network = "127.0.0.0/24"
            [[subnet.pool]]
            range_start = "127.0.0.100"
            range_end = "127.0.0.101"
            """;

    private static final String ANOTHER_SUBNET = "[[subnet]]\nnetwork = \"10.9.0.0/24\"\n";

    private record OneDamaged(RecoveredState rest) implements RecoveredState {
        @Override
        public void forEachLease(Visitor visitor) {
            rest.forEachLease(visitor);
        }

        @Override
        public void forEachConflict(Visitor visitor) {
            rest.forEachConflict(visitor);
        }

        @Override
        public void forEachExclusion(Visitor visitor) {
            rest.forEachExclusion(visitor);
        }

        @Override
        public List<Integer> damaged() {
            return List.of(DAMAGED.bits());
        }

        @Override
        public boolean caution() {
            return rest.caution();
        }

        @Override
        public long newestTime() {
            return rest.newestTime();
        }

        @Override
        public long lastSequence() {
            return rest.lastSequence();
        }

        @Override
        public List<String> findings() {
            return rest.findings();
        }
    }

    @TempDir
    Path folder;

    @Test
    void itIsWithheldAlsoWhenItsSubnetComesWithAReload() throws Exception {
        try (RunningService service =
                new RunningService(folder, ANOTHER_SUBNET, Surroundings.USUAL.recovering(OneDamaged::new))) {
            service.reload(ITS_SUBNET);
            assertThat(service.client.lease(1)).isNotEqualTo(DAMAGED);
        }
    }
}
