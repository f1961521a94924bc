package io.athena.dhcpd.dhcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.time.TimeSource;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CountersTest {

    private final CounterMemory memory = new CounterMemory();

    @Test
    void aCounterHasToRise() {
        assertThat(memory.advance(client(1), 5, null)).isTrue();
        assertThat(memory.advance(client(1), 5, null)).isFalse();
        assertThat(memory.advance(client(1), 4, null)).isFalse();
        assertThat(memory.advance(client(2), 4, null)).as("another client").isTrue();
        assertThat(memory.advance(client(1), 6, null)).isTrue();
    }

    @Test
    void countersAreUnsigned() {
        assertThat(memory.advance(client(1), Long.MAX_VALUE, null)).isTrue();
        assertThat(memory.advance(client(1), Long.MIN_VALUE, null)).isTrue();
        assertThat(memory.advance(client(1), -1, null)).isTrue();
        assertThat(memory.advance(client(1), 0, null)).isFalse();
    }

    @Test
    void afterARestartTheLeaseSaysWhatWasSeen() {
        assertThat(memory.advance(client(1), 7, new Proof(1, 7))).isFalse();
        assertThat(memory.advance(client(1), 8, new Proof(1, 7))).isTrue();
        assertThat(memory.advance(client(1), 8, new Proof(1, 7))).isFalse();
    }

    @Test
    void theClientsThatAuthenticatedLongestAgoAreForgottenFirst() {
        memory.advance(client(0), 9, null);
        memory.advance(client(1), 9, null);
        for (int i = 2; i < CounterMemory.CLIENTS; i++) {
            memory.advance(client(i), 9, null);
        }
        memory.advance(client(0), 10, null);
        memory.advance(client(-1), 9, null);

        assertThat(memory.advance(client(1), 9, null)).as("forgotten").isTrue();
        assertThat(memory.advance(client(0), 10, null)).isFalse();
    }

    @Test
    void theCountersOfRepliesRiseWithinASecondAndOverTheNext() {
        Clock clock = new Clock();
        ReplyCounter counter = new ReplyCounter(clock);

        assertThat(counter.next()).isEqualTo(0x6b49d20000000000L);
        assertThat(counter.next()).isEqualTo(0x6b49d20000000001L);
        clock.millis += 1500;
        assertThat(counter.next()).isEqualTo(0x6b49d20180000000L);
        clock.millis -= 100_000;
        assertThat(counter.next()).isEqualTo(0x6b49d20180000001L);
    }

    @Test
    void afterARestartInTheSameSecondTheyRiseToo() {
        Clock clock = new Clock();
        ReplyCounter before = new ReplyCounter(clock);
        before.next();
        before.next();
        long last = before.next();
        clock.millis += 1;

        assertThat(new ReplyCounter(clock).next()).isGreaterThan(last);
    }

    private static ClientKey client(int number) {
        return ClientKey.ofClientId(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static final class Clock implements TimeSource {
        private long millis = 1_800_000_000_000L;

        @Override
        public long epochSeconds() {
            return millis / 1000;
        }

        @Override
        public long epochMillis() {
            return millis;
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }
}
