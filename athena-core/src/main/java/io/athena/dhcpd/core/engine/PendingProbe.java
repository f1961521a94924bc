package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A probe that is under way, and the exchanges that wait for it. Owned by the lane. */
public final class PendingProbe {

    private record Waiter(Search search, Consumer<Search> goOn) {}

    private final Ipv4 address;
    private final Proofs proofs;
    private final List<MacAddress> askers = new ArrayList<>(1);
    private final List<Waiter> waiters = new ArrayList<>(1);

    PendingProbe(Ipv4 address, Proofs proofs) {
        this.address = address;
        this.proofs = proofs;
    }

    Ipv4 address() {
        return address;
    }

    /** Somebody asks for the address while it is probed. */
    void askedBy(@Nullable MacAddress mac) {
        if (mac != null && !askers.contains(mac)) {
            askers.add(mac);
        }
    }

    /** Whether an answer is from one who asks for the address, so that nobody else uses it. */
    boolean isAsker(MacAddress mac) {
        return askers.contains(mac);
    }

    /** Who asked first; null when it is probed ahead of time. */
    @Nullable
    MacAddress firstAsker() {
        return askers.isEmpty() ? null : askers.get(0);
    }

    /** Lets an exchange wait; it goes on once, on the lane, when the probe has ended. */
    public void await(Search search, Consumer<Search> goOn) {
        waiters.add(new Waiter(search, goOn));
        proofs.waiting(1);
    }

    int waiting() {
        return waiters.size();
    }

    /** Lets all who wait go on. @param settled whether the address need not be probed again for them */
    void end(boolean settled, boolean unsent) {
        List<Waiter> all = List.copyOf(waiters);
        waiters.clear();
        proofs.waiting(-all.size());
        RuntimeException failure = null;
        for (Waiter waiter : all) {
            try {
                waiter.goOn().accept(settled ? waiter.search().found(address, unsent) : waiter.search());
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
