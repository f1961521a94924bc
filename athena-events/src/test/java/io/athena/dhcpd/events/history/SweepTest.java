package io.athena.dhcpd.events.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SweepTest {

    private final Ledger ledger = new Ledger(1);

    @Test
    void whoHasAnAddressIsKnownHoweverLongAgoItWasGranted() {
        ledger.tail.write(Leases.granted("a", 1000, Lease.FOREVER), null);
        ledger.write();
        sweep(9_000_000);
        assertThat(ledger.at(9_500_000)).isEqualTo("a");
    }

    @Test
    void aGrantGoesWhenItsEndIsTooOldAsWell() {
        Lease lease = Leases.granted("a", 1000, 9000);
        ledger.tail.write(lease, null);
        ledger.tail.write(lease.ended(LeaseState.RELEASED, 3000), HistoryTest.previous(lease));
        ledger.write();
        sweep(2000);
        assertThat(ledger.at(2500)).isEqualTo("a");
        assertThat(ledger.store.told()).hasSize(2);
        sweep(3001);
        assertThat(ledger.store.told()).isEmpty();
        assertThat(ledger.at(2500)).isEqualTo("BEFORE");
        assertThat(ledger.at(3000)).isEqualTo("NOBODY");
    }

    @Test
    void nothingIsLeftOfManyEntriesButTheirLandmarks() {
        for (int i = 0; i < 2_600; i++) {
            Lease lease = Leases.granted("a", 1000 + 2 * i, 9_000_000);
            ledger.tail.write(lease, null);
            ledger.tail.write(lease.ended(LeaseState.RELEASED, 1001 + 2 * i), HistoryTest.previous(lease));
        }
        ledger.write();
        int saves = ledger.store.saves;
        sweep(9_000_000);
        assertThat(ledger.store.told()).isEmpty();
        assertThat(ledger.store.saves - saves).as("slices").isBetween(5, 8);
        assertThat(ledger.store.size()).isLessThan(5);
    }

    @Test
    void answersWithinTheRetentionAreTheSameBeforeAndAfter() {
        Random random = new Random(42);
        long now = 1000;
        for (int i = 0; i < 300; i++) {
            now += random.nextInt(20);
            String client = String.valueOf((char) ('a' + random.nextInt(4)));
            Lease lease = Leases.held(address(random.nextInt(3)), client, client, now, now + 50, now);
            ledger.tail.write(lease, null);
            if (random.nextBoolean()) {
                now += random.nextInt(20);
                ledger.tail.write(lease.ended(LeaseState.RELEASED, now), HistoryTest.previous(lease));
            }
        }
        ledger.write();
        long horizon = 1000 + (now - 1000) / 2;
        List<String> before = answers(horizon, now);
        int size = ledger.store.told().size();
        sweep(horizon);
        assertThat(answers(horizon, now)).isEqualTo(before);
        assertThat(ledger.store.told()).hasSizeLessThan(size);
        ledger.restart();
        sweep(horizon);
        assertThat(answers(horizon, now)).isEqualTo(before);
    }

    @Test
    void anEntryThatComesLateIsStillTakenAway() {
        ledger.tail.write(Leases.granted("a", 5000, 9000), null);
        ledger.write();
        sweep(6000);
        Lease late = Leases.held(address(1), "b", "b", 1000, 2000, 1000);
        ledger.tail.write(late.ended(LeaseState.EXPIRED, 2000), null);
        ledger.write();
        sweep(6000);
        assertThat(ledger.store.told()).containsExactly("5000 granted 192.0.2.5 a");
        assertThat(ledger.at(5000)).isEqualTo("a");
        assertThat(ledger.at(4000)).isEqualTo("BEFORE");
    }

    private static Ipv4 address(int i) {
        return new Ipv4(Leases.IP.bits() + i);
    }

    private List<String> answers(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .boxed()
                .flatMap(at -> IntStream.range(0, 3)
                        .mapToObj(i -> ledger.at(address(i), at, Long.MAX_VALUE / 2, Optional.empty())))
                .toList();
    }

    /** Lets the writer look for what is too old, until it is done. */
    private void sweep(long horizon) {
        boolean more = ledger.pass(61, horizon);
        while (more) {
            more = ledger.pass(0, horizon);
        }
        ledger.pass(1, horizon);
    }
}
