package io.athena.dhcpd.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootClockTest {

    private static final long DAY = 86_400;
    private static final long NOW = 1_800_000_000L;

    private static TimeSource stopped() {
        return new TimeSource() {
            @Override
            public long epochSeconds() {
                return NOW;
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }

    @ParameterizedTest(name = "newest record {0} s after the clock: suspended {1}, alarm {2}")
    @CsvSource({"-100, false, false", "-86400000, true, true", "0, false, false", "60, false, true", "86400, true, true"
    })
    void aClockThatTheStoreContradictsEndsNoLease(long ahead, boolean suspended, boolean alarm) {
        BootClock clock = BootClock.judge(stopped(), NOW + ahead);
        assertThat(clock.expirySuspended()).isEqualTo(suspended);
        assertThat(clock.alarm().isPresent()).isEqualTo(alarm);
    }

    @Test
    void timeNeverStartsBeforeTheNewestRecord() {
        assertThat(BootClock.judge(stopped(), NOW + DAY).time().epochSeconds()).isGreaterThanOrEqualTo(NOW + DAY);
        assertThat(BootClock.judge(stopped(), 0).alarm()).isEmpty();
    }
}
