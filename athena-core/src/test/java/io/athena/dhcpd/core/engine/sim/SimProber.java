package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Method;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.engine.ProbeRules;
import io.athena.dhcpd.core.engine.ProbeStarter;
import io.athena.dhcpd.core.engine.Probing;
import io.athena.dhcpd.core.engine.ProofObserver;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Probes that answer, lie, come late and fail, and the memory of what each of them said: an address that is given has to
 * have been proven as its giver claims.
 */
final class SimProber implements ProbeStarter, ProofObserver {

    static final ProbeRules RULES = new ProbeRules(true, 2, 3, 500, 10, true);

    /** Who uses addresses that nobody gave it. */
    static final MacAddress SQUATTER = MacAddress.parse("06:ff:00:00:00:99");

    private final Random random;
    private final SimServer server;
    private final Set<Ipv4> squatted;
    private final Set<Ipv4> underWay = new LinkedHashSet<>();
    private final List<Ipv4> silent = new ArrayList<>();
    private final Map<Ipv4, Long> cleared = new HashMap<>();
    private @Nullable LeaseEngine engine;

    SimProber(Random random, SimServer server, Set<Ipv4> squatted) {
        this.random = random;
        this.server = server;
        this.squatted = squatted;
    }

    Probing probing() {
        return new Probing(this, this);
    }

    void serve(LeaseEngine owner) {
        engine = owner;
    }

    @Override
    public boolean start(Ipv4 address) {
        if (random.nextInt(30) == 0) {
            return false;
        }
        if (!underWay.add(address)) {
            throw new AssertionError(address + " is probed twice at once");
        }
        return true;
    }

    /** Some probes end, in whatever order, and somebody may answer one that had ended. */
    void progress(int most) {
        for (int i = 0; i < most && !underWay.isEmpty(); i++) {
            List<Ipv4> all = List.copyOf(underWay);
            Ipv4 address = all.get(random.nextInt(all.size()));
            underWay.remove(address);
            end(address);
        }
        if (!silent.isEmpty() && random.nextInt(6) == 0) {
            late(silent.remove(random.nextInt(silent.size())));
        }
    }

    void drain() {
        while (!underWay.isEmpty()) {
            progress(underWay.size());
        }
    }

    private void end(Ipv4 address) {
        int dice = random.nextInt(100);
        boolean used = squatted.contains(address);
        if (dice < 4) {
            tell(address, Outcome.TIMEOUT, null);
        } else if (dice < 7) {
            cleared.put(address, Long.MAX_VALUE);
            tell(address, Outcome.ERROR, null);
        } else if (dice < 10) {
            // A lie, by someone or about someone.
            MacAddress by = random.nextBoolean() ? SQUATTER : MacAddress.parse("02:00:00:00:00:0" + random.nextInt(8));
            tell(address, Outcome.CONFLICT, by);
        } else if (used && dice < 85) {
            tell(address, Outcome.CONFLICT, SQUATTER);
        } else {
            if (used) {
                silent.add(address);
            }
            cleared.put(address, server.now());
            tell(address, Outcome.CLEAR, null);
        }
    }

    private void tell(Ipv4 address, Outcome outcome, @Nullable MacAddress by) {
        if (outcome == Outcome.TIMEOUT || SQUATTER.equals(by)) {
            cleared.remove(address);
        } else if (outcome == Outcome.CONFLICT) {
            // Whether it counts is the engine's business: it may be the very client's.
            cleared.put(address, server.now());
        }
        if (engine != null) {
            engine.probed(new ProbeResult(address, Method.ARP, outcome, by, 1), server.now());
        }
    }

    private void late(Ipv4 address) {
        cleared.remove(address);
        if (engine != null) {
            engine.answeredLate(new ProbeResult(address, Method.ARP, Outcome.CONFLICT, SQUATTER, 1), server.now());
        }
    }

    @Override
    public void given(Ipv4 address, Proof proof, int tried) {
        Long at = cleared.get(address);
        boolean fresh = at != null && server.now() - at < RULES.cacheSeconds();
        switch (proof) {
            case READY -> demand(fresh, address + " counts as proven and is not");
            case WAITED -> demand(at != null, address + " was waited for, and no probe of it ended well");
            case UNPROVEN -> demand(tried >= RULES.most(), address + " is given after only " + tried + " probes");
            case EXEMPT -> demand(isLeased(address), address + " was not probed and is nobody's lease");
            case IMPOSSIBLE -> {
                // Some cannot be probed, and nobody is to go without an address for it.
            }
        }
    }

    private boolean isLeased(Ipv4 address) {
        Lease lease = engine == null ? null : engine.records().find(address);
        return lease != null && lease.isActive(server.now());
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
