package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What clients have been told, kept apart from the server: an address belongs to the machine that saw an ACK for it,
 * until that time is over, the machine gives it back, or it gets another lease. True time.
 */
final class Promises {

    private record Promise(int machine, ClientKey key, long end) {}

    private final Map<Ipv4, Promise> made = new HashMap<>();

    /** A client saw an ACK. */
    void seen(SimClient client, Ipv4 address, long end, long now) {
        demandFree(client, address, now, "acknowledged");
        made.put(address, new Promise(client.machine, client.key, end));
    }

    /** @throws AssertionError when another machine may still use the address */
    void demandFree(SimClient client, Ipv4 address, long now, String deed) {
        Promise promise = made.get(address);
        if (promise != null && promise.end() > now && promise.machine() != client.machine) {
            throw new AssertionError(address + " is " + deed + " to " + client + " while machine " + promise.machine()
                    + " may use it for another " + (promise.end() - now) + " s");
        }
    }

    /** The server granted what the client asked: a lease elsewhere ends the one before, an end ends a promise without one. */
    void granted(SimClient client, Ipv4 address, long end) {
        made.entrySet()
                .removeIf(entry -> entry.getValue().key().equals(client.key)
                        && !entry.getKey().equals(address));
        made.computeIfPresent(
                address, (ip, promise) -> promise.machine() == client.machine ? byNow(promise, client, end) : promise);
    }

    /** Only firmware speaks BOOTP: the machine has started anew and forgotten what it had. */
    private static Promise byNow(Promise promise, SimClient client, long end) {
        boolean endless = promise.end() == Long.MAX_VALUE || end == Long.MAX_VALUE;
        return new Promise(promise.machine(), client.key, endless ? end : promise.end());
    }

    /** A client that speaks DHCP has left BOOTP and its leases without end behind. */
    void leftBootp(SimClient client) {
        made.values().removeIf(promise -> promise.machine() == client.machine && promise.end() == Long.MAX_VALUE);
    }

    /** The client itself gave the address back. */
    void givenBack(SimClient client, Ipv4 address) {
        Promise promise = made.get(address);
        if (promise != null && promise.key().equals(client.key)) {
            made.remove(address);
        }
    }

    /** Records were lost: what the disk does not say of a client is no promise of the server any more. */
    void keepOnly(Function<Ipv4, @Nullable Lease> durable) {
        made.entrySet().removeIf(entry -> {
            Lease lease = durable.apply(entry.getKey());
            Promise promise = entry.getValue();
            return lease == null
                    || !lease.key().equals(promise.key())
                    || (promise.end() == Long.MAX_VALUE && lease.expiry() != LeaseTimes.FOREVER);
        });
    }

    /** The record cannot be read any more: its address is withheld as long as leases last, not without end. */
    void endless(Ipv4 address) {
        made.computeIfPresent(address, (ip, promise) -> promise.end() == Long.MAX_VALUE ? null : promise);
    }

    static long end(long from, long seconds) {
        return seconds == LeaseTimes.FOREVER ? Long.MAX_VALUE : from + seconds;
    }
}
