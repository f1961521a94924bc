package io.athena.dhcpd.ddns.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases come, go and change names while servers fail, answers are lost and the process dies; then all is quiet. */
class OutboxChaosTest {

    private static final int HOSTS = 6;
    private static final String[] LABELS = {"pc", "tv", "nas", "cam"};
    private static final String FOREIGN = "cam.example.net";

    private final OutboxFixture dns = new OutboxFixture();
    private final Map<Integer, HeldName> leases = new HashMap<>();
    private final Deque<NameOp> underWay = new ArrayDeque<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void inTheEndDnsSaysWhatTheLeasesSayAndNothingOfOthersIsTouched(long seed) {
        for (int round = 0; round < 500; round++) {
            Random random = new Random(seed * 4000 + round);
            dns.forward.foreign(FOREIGN, "192.0.2.1");
            for (int step = 0; step < 60; step++) {
                step(random);
            }
            settle();
            check("seed " + seed + " round " + round);
        }
    }

    private void step(Random random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> change(random);
            case 4, 5 -> start();
            case 6 -> finish(random.nextBoolean());
            case 7 -> dns.forward.down = random.nextBoolean() ? OutboxFixture.down() : null;
            case 8 -> dns.wait(Duration.ofMillis(random.nextInt(5000)));
            default -> {
                switch (random.nextInt(4)) {
                    case 0 -> die(random);
                    case 1 -> dns.save();
                    default -> {}
                }
            }
        }
    }

    private void change(Random random) {
        int host = random.nextInt(HOSTS);
        HeldName before = leases.get(host);
        // A client keeps to one name at a time and is on one address, or the same name would be wanted twice by right.
        HeldName now = random.nextInt(3) == 0 ? null : OutboxFixture.name(LABELS[random.nextInt(4)], "c" + host);
        if (now == null) {
            leases.remove(host);
        } else {
            leases.put(host, now);
        }
        if (before != null || now != null) {
            dns.changed(host, before, now);
        }
    }

    private void start() {
        NameOp op = dns.outbox.next(dns.nanos);
        if (op != null) {
            underWay.add(op);
        }
    }

    private void finish(boolean lost) {
        NameOp op = underWay.poll();
        if (op == null) {
            return;
        }
        if (lost && dns.forward.down == null) {
            runUnseen(op);
            dns.dispatch.serverFailed(op, "its answer did not come", dns.nanos, OutboxFixture.NOW);
        } else {
            dns.run(op);
        }
    }

    private static void runUnseen(NameOp op) {
        try {
            op.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void die(Random random) {
        for (NameOp op : underWay) {
            if (random.nextBoolean() && dns.forward.down == null) {
                runUnseen(op);
            }
        }
        underWay.clear();
        dns.restart();
    }

    private void settle() {
        dns.forward.down = null;
        while (!underWay.isEmpty()) {
            finish(false);
        }
        for (int i = 0; i < 20; i++) {
            dns.wait(Duration.ofMinutes(2));
            dns.work();
        }
    }

    private void check(String where) {
        Map<String, Set<Integer>> wanting = new HashMap<>();
        leases.forEach((host, name) ->
                wanting.computeIfAbsent(name.fqdn(), fqdn -> new HashSet<>()).add(host));
        Set<String> expected = new TreeSet<>(wanting.keySet());
        expected.add(FOREIGN);
        assertThat(dns.forward.names.keySet()).as(where).isEqualTo(expected);
        dns.forward.names.forEach((fqdn, owned) -> {
            if (fqdn.equals(FOREIGN)) {
                assertThat(owned.client()).as(where).isNull();
            } else {
                HeldName holder = holderOf(owned);
                assertThat(holder).as(where + " " + fqdn).isNotNull();
                assertThat(holder.fqdn()).as(where).isEqualTo(fqdn);
            }
        });
        Map<String, String> pointers = new HashMap<>();
        dns.forward.names.forEach((fqdn, owned) -> {
            if (owned.client() != null) {
                pointers.put(owned.address() + ".rev", fqdn);
            }
        });
        assertThat(dns.reverse.pointers).as(where).containsExactlyInAnyOrderEntriesOf(pointers);
    }

    private @Nullable HeldName holderOf(FakeDns.Owned owned) {
        return leases.entrySet().stream()
                .filter(lease -> OutboxFixture.ip(lease.getKey()).equals(owned.address())
                        && lease.getValue().client().equals(owned.client()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
