package io.athena.dhcpd.app.load;

import io.athena.dhcpd.app.load.AckLog.Ack;
import io.athena.dhcpd.app.load.AckLog.Entry;
import io.athena.dhcpd.app.load.AckLog.Nak;
import io.athena.dhcpd.app.load.AckLog.Release;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server has promised and not been released from, as its clients see it, and every promise it broke on the
 * way: an address acknowledged to two clients whose leases overlap, or a NAK for a lease that runs.
 */
final class Promises {

    private final Map<MacAddress, Ack> byClient = new HashMap<>();
    private final Map<Ipv4, Ack> byAddress = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    static Promises of(List<Entry> entries) {
        Promises promises = new Promises();
        entries.forEach(promises::add);
        return promises;
    }

    void add(Entry entry) {
        if (entry instanceof Ack ack) {
            acknowledged(ack);
        } else if (entry instanceof Release release) {
            forget(release.mac());
        } else if (entry instanceof Nak nak) {
            refused(nak);
        }
    }

    private void acknowledged(Ack ack) {
        Ack holder = byAddress.get(ack.ip());
        if (holder != null && !holder.mac().equals(ack.mac()) && runs(holder, ack.at())) {
            broken.add(ack.ip() + " was acknowledged to " + ack.mac() + " at " + ack.at() + " ms while " + holder.mac()
                    + " holds it until " + holder.expiry());
        }
        forget(ack.mac());
        byClient.put(ack.mac(), ack);
        byAddress.put(ack.ip(), ack);
    }

    private void refused(Nak nak) {
        Ack held = byClient.get(nak.mac());
        if (held != null && held.ip().equals(nak.ip())) {
            if (runs(held, nak.at())) {
                broken.add(nak.mac() + " was refused " + nak.ip() + " at " + nak.at() + " ms, its lease until "
                        + held.expiry());
            }
            forget(nak.mac());
        }
    }

    private void forget(MacAddress mac) {
        Ack held = byClient.remove(mac);
        if (held != null) {
            byAddress.remove(held.ip(), held);
        }
    }

    static boolean runs(Ack ack, long atMillis) {
        return ack.expiry() > atMillis / 1000;
    }

    /** The newest promise of each client that has one, run out or not. */
    Collection<Ack> all() {
        return byClient.values();
    }

    /** What went wrong while the log was written. */
    List<String> broken() {
        return broken;
    }

    /** Where the server's list of leases, taken before {@code now} (milliseconds), falls short of what it promised. */
    List<String> missingFrom(Map<Ipv4, LeaseList.Row> leases, long now) {
        List<String> missing = new ArrayList<>();
        for (Ack ack : byClient.values()) {
            if (runs(ack, now)) {
                LeaseList.Row row = leases.get(ack.ip());
                String promise = ack.ip() + " of " + ack.mac() + " until " + ack.expiry();
                if (row == null) {
                    missing.add(promise + " is not listed");
                } else if (!row.active() || !row.mac().equals(ack.mac().toString())) {
                    missing.add(promise + " is listed as " + row.state() + " of " + row.mac());
                } else if (row.expiry() < ack.expiry()) {
                    missing.add(promise + " is listed until " + row.expiry() + " only");
                }
            }
        }
        return missing;
    }
}
