package io.athena.dhcpd.dhcp.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BucketTableTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final BucketTable table = new BucketTable(Bucket.of(5, 2), 64);
    private final Random random = new Random(5);

    private int takenAtOnce(long key, long now) {
        int taken = 0;
        while (taken < 1_000 && table.take(key, now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void aBucketGivesASecondsWorthAtOnceAndThenOneTokenAfterTheOther() {
        assertThat(takenAtOnce(7, 0)).isEqualTo(5);
        assertThat(takenAtOnce(7, SECOND / 5 - 1)).isZero();
        assertThat(takenAtOnce(7, SECOND / 5)).isEqualTo(1);
        assertThat(takenAtOnce(7, SECOND)).isEqualTo(4);
        assertThat(takenAtOnce(7, 100 * SECOND)).isEqualTo(5);
    }

    @Test
    void aReserveIsLeftForOthers() {
        Bucket bucket = Bucket.of(100, 1);
        long fullAt = 0;
        int taken = 0;
        for (long next = 0; next != Bucket.REFUSED; next = bucket.take(fullAt, 0, 50)) {
            fullAt = next;
            taken++;
        }
        assertThat(taken - 1).isEqualTo(50);
        assertThat(bucket.take(fullAt, 0, 49)).isNotEqualTo(Bucket.REFUSED);
    }

    @Test
    void aCrowdOfInventedKeysNeverCostsAnybodyAToken() {
        for (int round = 0; round < 2_000; round++) {
            long now = round * (SECOND / 5);
            for (int i = 0; i < 500; i++) {
                table.take(random.nextLong(), now);
            }
            assertThat(table.take(7, now)).isTrue();
        }
    }

    @Test
    void aHeavySenderIsNotForgottenForACrowdOfLightOnes() {
        assertThat(takenAtOnce(7, 0)).isEqualTo(5);
        for (int i = 0; i < 10_000; i++) {
            table.take(random.nextLong(), 0);
        }
        assertThat(takenAtOnce(7, 0)).isZero();
    }
}
