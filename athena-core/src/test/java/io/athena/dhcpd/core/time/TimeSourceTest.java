package io.athena.dhcpd.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeSourceTest {

    private record Fixed(long epochSeconds, long nanoTime) implements TimeSource {}

    @Test
    void aSourceOfSecondsTellsMillisecondsToo() {
        TimeSource fixed = new Fixed(1_800_000_000L, 0);
        assertThat(fixed.epochMillis()).isEqualTo(1_800_000_000_000L);
        assertThat(fixed.wallMillis()).isEqualTo(1_800_000_000_000L);
    }

    @Test
    void timeFollowsTheMonotonicClockFromItsAnchor() {
        AnchoredTime time = new AnchoredTime(1_800_000_000_999L, System.nanoTime());
        assertThat(time.epochMillis()).isGreaterThanOrEqualTo(1_800_000_000_999L);
        assertThat(time.epochSeconds()).isGreaterThanOrEqualTo(1_800_000_000L);
    }

    @Test
    void whatOthersCompareWithTheirClocksIsTheWallClockWhateverTheAnchorSays() {
        AnchoredTime wrong = new AnchoredTime(0, System.nanoTime());
        long before = System.currentTimeMillis();
        assertThat(wrong.wallMillis()).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void aSourceThatIsBehindGoesOnFromTheGivenTime() {
        TimeSource behind = new Fixed(100, 0);
        assertThat(behind.notBefore(50)).isSameAs(behind);
        assertThat(behind.notBefore(2_000_000_000L).epochSeconds()).isGreaterThanOrEqualTo(2_000_000_000L);
    }
}
