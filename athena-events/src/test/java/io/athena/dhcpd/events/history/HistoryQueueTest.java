package io.athena.dhcpd.events.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.store.FollowerStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryQueueTest {

    private final Ledger ledger = new Ledger(1);

    /** Two threads: one tells and looks for more, the other one saves meanwhile. */
    @Test
    void whatIsTakenOutOfTheStoreDuringALookIsNotToldAgain() {
        ledger.tail.write(Leases.granted("a", 1000, 2000), null);
        ledger.write();
        SlowStore slow = new SlowStore(ledger.store);
        HistoryQueue queue = new HistoryQueue(slow);
        queue.told(queue.next(10));
        slow.meanwhile = () -> {
            List<FollowerStore.Entry> deletions = queue.deletions();
            assertThat(deletions).hasSize(1);
            ledger.store.save(2, deletions);
            queue.deleted(deletions);
        };
        assertThat(queue.next(10)).isEmpty();
        assertThat(queue.hasTold()).isFalse();
    }

    /** As a store on disk, it shows what was there when the look began; then something happens. */
    private static final class SlowStore implements FollowerStore {

        private final MemoryStore store;
        private Runnable meanwhile = () -> {};

        SlowStore(MemoryStore store) {
            this.store = store;
        }

        @Override
        public long cursor() {
            return store.cursor();
        }

        @Override
        public void save(long cursor, List<Entry> changes) {
            store.save(cursor, changes);
        }

        @Override
        public void ascend(byte[] from, Visitor visitor) {
            store.ascend(from, (key, value) -> {
                Runnable now = meanwhile;
                meanwhile = () -> {};
                now.run();
                return visitor.entry(key, value);
            });
        }

        @Override
        public void descend(byte[] from, Visitor visitor) {
            store.descend(from, visitor);
        }

        @Override
        public void close() {}
    }
}
