package io.athena.dhcpd.ddns.outbox;

import static io.athena.dhcpd.ddns.outbox.OutboxFixture.NOW;
import static io.athena.dhcpd.ddns.outbox.OutboxFixture.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.journal.JournalTail;
import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often unfinished names are stored, under a clock that the test moves and a disk that takes its time. */
class OutboxFileTest {

    private static final Duration STEP = Duration.ofMillis(100);

    private final OutboxFixture fixture = new OutboxFixture();
    private final JournalTail tail = new FakeJournal().follower().tail();
    private int saves;

    private final TimeSource time = new TimeSource() {
        @Override
        public long epochSeconds() {
            return NOW;
        }

        @Override
        public long nanoTime() {
            return fixture.nanos;
        }
    };

    private FollowerStore diskThatTakes(Duration each) {
        return new FollowerStore() {
            @Override
            public long cursor() {
                return 0;
            }

            @Override
            public void save(long cursor, List<Entry> changes) {
                saves++;
                fixture.wait(each);
            }

            @Override
            public void ascend(byte[] from, Visitor visitor) {}

            @Override
            public void descend(byte[] from, Visitor visitor) {}

            @Override
            public void close() {}
        };
    }

    /** A name server is away, and a lease begins or ends in every tenth of a second. */
    private void minuteWith(OutboxFile file) {
        long end = fixture.nanos + Duration.ofMinutes(1).toNanos();
        for (int lease = 0; fixture.nanos < end; lease++) {
            int host = 1 + lease % 200;
            boolean begins = lease / 200 % 2 == 0;
            fixture.changed(host, begins ? null : name("pc" + host, "a"), begins ? name("pc" + host, "a") : null);
            file.saveIfDue(fixture.outbox, tail);
            fixture.wait(STEP);
        }
    }

    @Test
    void unfinishedNamesAreStoredEachSecond() {
        minuteWith(new OutboxFile(diskThatTakes(Duration.ofMillis(1)), time));
        assertThat(saves).isBetween(54, 60);
    }

    @Test
    void aSlowDiskIsBusyWithThemATwentiethOfTheTimeAtMost() {
        Duration slow = Duration.ofMillis(400);
        minuteWith(new OutboxFile(diskThatTakes(slow), time));
        assertThat(slow.multipliedBy(saves))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3).plus(slow));
    }
}
