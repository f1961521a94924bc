package io.athena.dhcpd.events.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.journal.Previous;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases left to chance, with the history ending anywhere: what it answers is what a list in memory says. */
class HistoryModelTest {

    private static final int ADDRESSES = 4;
    private static final int STEPS = 400;
    private static final long START = 1_000;

    /** What really was. @param to when it ended; for ever while it has not */
    private record Tenure(String client, String hostname, long from, long to) {}

    private final Ledger ledger = new Ledger(START);
    private final Lease[] leases = new Lease[ADDRESSES];
    private final List<List<Tenure>> truth = new ArrayList<>();
    private long now = START;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void answersAreThoseOfAModelWhereverTheHistoryEnds(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ADDRESSES; i++) {
            truth.add(new ArrayList<>());
        }
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(40);
            happen(random.nextInt(ADDRESSES), random);
            switch (random.nextInt(6)) {
                case 0 -> ledger.read(1 + random.nextInt(5));
                case 1 -> ledger.write();
                case 2 -> {
                    ledger.read(random.nextInt(10));
                    ledger.restart();
                }
                default -> {
                    // The history lags.
                }
            }
        }
        ledger.write();
        now += 1;
        for (int i = 0; i < ADDRESSES; i++) {
            List<String> answers = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (long at = START; at <= now; at++) {
                answers.add(at + " " + ledger.at(address(i), at, now, Optional.ofNullable(leases[i])));
                expected.add(at + " " + holder(i, at));
            }
            assertThat(answers).as("seed %d, %s", seed, address(i)).isEqualTo(expected);
        }
        assertThat(ledger.store.told()).doesNotHaveDuplicates();
    }

    private static Ipv4 address(int i) {
        return new Ipv4(Leases.IP.bits() + i);
    }

    private String holder(int i, long at) {
        return truth.get(i).stream()
                .filter(tenure -> tenure.from() <= at && at < tenure.to())
                .map(Tenure::hostname)
                .reduce((first, second) -> second)
                .orElse("NOBODY");
    }

    private void happen(int i, Random random) {
        Lease former = leases[i];
        boolean active = former != null && former.isActive(now);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> grant(i, active && random.nextInt(4) > 0 ? null : client(random), random);
            case 3, 4 -> {
                if (active) {
                    grant(i, null, random);
                }
            }
            case 5 -> end(i, LeaseState.RELEASED);
            case 6 -> end(i, LeaseState.DECLINED);
            default -> reap(i);
        }
    }

    private static String client(Random random) {
        return String.valueOf((char) ('a' + random.nextInt(3)));
    }

    /** A lease for a client, or a renewal for who has it. */
    private void grant(int i, @Nullable String wanted, Random random) {
        Lease former = leases[i];
        String client = wanted == null ? name(former).substring(0, 1) : wanted;
        boolean own = former != null && name(former).startsWith(client);
        boolean unbroken = own && former.isActive(now);
        String hostname = unbroken && random.nextInt(3) > 0 ? name(former) : client + random.nextInt(2);
        Lease lease = Leases.held(
                address(i), client, hostname, unbroken ? former.start() : now, now + 1 + random.nextInt(200), now);
        boolean told = former != null && former.state() == LeaseState.ACTIVE && !unbroken;
        boolean other = former != null && !own;
        ledger.tail.write(lease, told || other ? new Previous(former.key(), null, former.expiry(), null) : null);
        stop(i, now);
        leases[i] = lease;
        truth.get(i).add(new Tenure(client, hostname, now, lease.expiry()));
    }

    private static String name(@Nullable Lease lease) {
        return lease == null ? "a0" : String.valueOf(lease.hostname());
    }

    private void end(int i, LeaseState how) {
        Lease former = leases[i];
        if (former != null && former.isActive(now)) {
            over(i, former.ended(how, now));
            stop(i, now);
        }
    }

    private void reap(int i) {
        Lease former = leases[i];
        if (former != null && former.state() == LeaseState.ACTIVE && !former.isActive(now)) {
            over(i, former.ended(LeaseState.EXPIRED, now));
        }
    }

    private void over(int i, Lease ended) {
        ledger.tail.write(ended, new Previous(ended.key(), null, ended.expiry(), null));
        leases[i] = ended;
    }

    private void stop(int i, long at) {
        List<Tenure> tenures = truth.get(i);
        int last = tenures.size() - 1;
        if (last >= 0 && tenures.get(last).to() > at) {
            Tenure open = tenures.get(last);
            tenures.set(last, new Tenure(open.client(), open.hostname(), open.from(), at));
        }
    }
}
