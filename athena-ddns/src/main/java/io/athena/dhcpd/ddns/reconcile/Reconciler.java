package io.athena.dhcpd.ddns.reconcile;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.outbox.HeldName;
import io.athena.dhcpd.ddns.outbox.NameOutbox;
import io.athena.dhcpd.ddns.outbox.Routes;
import io.athena.dhcpd.ddns.update.Dhcid;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of all leases with the zones. What it finds is put right by the outbox, in order with everything else,
 * and by the same proof of ownership: of a name that is somebody else's nothing is removed. What a zone holds without a
 * lease is found only where the server lets the zone be listed.
 */
public final class Reconciler {

    /** What is known of an address: whose it is or was last, and under which name. */
    private record Known(boolean active, HeldName name) {}

    private final LeaseWalk leases;
    private final Routes routes;
    private final Map<String, ZoneUpdater> forwardZones;
    private final Map<String, ZoneUpdater> reverseZones;
    private final NameOutbox outbox;
    private final TimeSource time;
    private final Findings findings;
    private final ZoneBook book = new ZoneBook();
    private final Set<String> deadServers = new HashSet<>();
    private final Set<ZoneUpdater> deadZones = new HashSet<>();
    private final Map<Ipv4, Known> known = new HashMap<>();
    private final NameBearers bearers = new NameBearers();
    private boolean answered;

    /**
     * @param forwardZones the updaters of all forward zones, by zone
     * @param reverseZones the updaters of all reverse zones, by zone
     * @param repair whether to put differences right
     */
    public Reconciler(
            LeaseWalk leases,
            Routes routes,
            Map<String, ZoneUpdater> forwardZones,
            Map<String, ZoneUpdater> reverseZones,
            NameOutbox outbox,
            TimeSource time,
            boolean repair) {
        this.leases = leases;
        this.routes = routes;
        this.forwardZones = forwardZones;
        this.reverseZones = reverseZones;
        this.outbox = outbox;
        this.time = time;
        findings = new Findings(repair, time.epochSeconds());
    }

    /** What was found so far; may be asked by any thread. */
    public Reconciliation findings() {
        return findings.snapshot();
    }

    /** Compares everything, and waits for the name servers. */
    public void run() throws InterruptedException {
        try {
            list(forwardZones);
            list(reverseZones);
            Map<Ipv4, Boolean> unfinished = outbox.unfinished().join();
            List<Lease> all = new ArrayList<>();
            leases.forEach(all::add);
            all.forEach(bearers::note);
            for (Lease lease : all) {
                compare(lease, unfinished);
            }
            for (ZoneUpdater zone : forwardZones.values()) {
                findLeftAddresses(zone);
            }
        } catch (IllegalStateException e) {
            findings.trouble(String.valueOf(e.getMessage()));
            findings.unanswered();
        } finally {
            findings.over();
        }
    }

    private void list(Map<String, ZoneUpdater> zones) throws InterruptedException {
        for (Map.Entry<String, ZoneUpdater> zone : zones.entrySet()) {
            try {
                book.list(zone.getValue());
            } catch (DnsFailure e) {
                findings.trouble("records left behind in " + zone.getKey() + " cannot be found: " + e.getMessage());
            }
        }
    }

    private void compare(Lease lease, Map<Ipv4, Boolean> unfinished) throws InterruptedException {
        HeldName last = HeldName.last(lease);
        boolean active = lease.state() == LeaseState.ACTIVE;
        if (last == null) {
            return;
        }
        known.put(lease.ip(), new Known(active, last));
        Boolean foreign = unfinished.get(lease.ip());
        if (foreign != null && foreign) {
            findings.drift(Drift.Kind.FOREIGN, lease.ip(), last.fqdn(), "");
        } else if (foreign != null) {
            findings.leftOut();
        } else {
            compareWithDns(lease, last, active);
        }
    }

    private void compareWithDns(Lease lease, HeldName last, boolean active) throws InterruptedException {
        answered = true;
        if (!active) {
            compareEnded(lease.ip(), last);
        } else if (bearers.mayBear(lease, last)) {
            compareActive(lease.ip(), last);
        }
        if (!answered) {
            findings.unanswered();
        } else if (active) {
            findings.compared();
        }
    }

    private void compareActive(Ipv4 ip, HeldName name) throws InterruptedException {
        Set<String> addresses = name.forward() ? addresses(routes.forward(name)) : null;
        Set<String> pointers = pointers(routes.reverse(name, ip));
        boolean mend = false;
        if (addresses != null && !bearers.isAmong(addresses, name)) {
            mend = findings.drift(Drift.Kind.ADDRESS_MISSING, ip, name.fqdn(), text(addresses));
        }
        if (pointers != null && !pointers.equals(Set.of(name.fqdn()))) {
            mend |= findings.drift(Drift.Kind.POINTER_MISSING, ip, name.fqdn(), text(pointers));
        }
        if (mend) {
            outbox.repair(ip, name, time.epochSeconds());
        }
    }

    private void compareEnded(Ipv4 ip, HeldName name) throws InterruptedException {
        Set<String> pointers = pointers(routes.reverse(name, ip));
        if (pointers != null
                && pointers.contains(name.fqdn())
                && findings.drift(Drift.Kind.POINTER_LEFT, ip, name.fqdn(), "")) {
            outbox.surplus(ip, name, time.epochSeconds());
        }
    }

    private void findLeftAddresses(ZoneUpdater zone) throws InterruptedException {
        for (Map.Entry<String, Set<String>> entry : book.listedAddresses(zone).entrySet()) {
            for (String address : entry.getValue()) {
                Ipv4 ip = Ipv4.parse(address);
                Known owner = known.get(ip);
                if (owner != null && !(owner.active() && owner.name().fqdn().equals(entry.getKey()))) {
                    leftAddress(zone, entry.getKey(), ip, owner);
                }
            }
        }
    }

    private void leftAddress(ZoneUpdater zone, String fqdn, Ipv4 ip, Known owner) throws InterruptedException {
        HeldName name =
                new HeldName(fqdn, owner.name().client(), true, owner.name().subnet());
        boolean ours = fqdn.equals(owner.name().fqdn()) && owner.name().forward() || isProved(zone, name);
        if (ours && findings.drift(Drift.Kind.ADDRESS_LEFT, ip, fqdn, "")) {
            outbox.surplus(ip, name, time.epochSeconds());
        } else if (!ours) {
            findings.drift(Drift.Kind.UNKNOWN, ip, fqdn, "");
        }
    }

    private boolean isProved(ZoneUpdater zone, HeldName name) throws InterruptedException {
        try {
            return zone.look(name.fqdn())
                    .owners()
                    .contains(Dhcid.of(name.client(), name.fqdn()).toBase64());
        } catch (DnsFailure e) {
            findings.trouble(name.fqdn() + " cannot be looked up: " + e.getMessage());
            return false;
        }
    }

    private @Nullable Set<String> addresses(Routes.@Nullable Place place) throws InterruptedException {
        if (place == null || isPassedOver(place)) {
            return null;
        }
        try {
            return book.addresses(place.updater(), place.owner());
        } catch (DnsFailure e) {
            trouble(place, e);
            return null;
        }
    }

    private @Nullable Set<String> pointers(Routes.@Nullable Place place) throws InterruptedException {
        if (place == null || isPassedOver(place)) {
            return null;
        }
        try {
            return book.pointers(place.updater(), place.owner());
        } catch (DnsFailure e) {
            trouble(place, e);
            return null;
        }
    }

    private boolean isPassedOver(Routes.Place place) {
        boolean dead = deadServers.contains(place.server()) || deadZones.contains(place.updater());
        answered &= !dead;
        return dead;
    }

    /** A server that does not answer once, or does not serve a zone, is not asked for every lease. */
    private void trouble(Routes.Place place, DnsFailure failure) {
        answered = false;
        findings.trouble(place.server() + ": " + failure.getMessage());
        switch (failure.reach()) {
            case SERVER -> deadServers.add(place.server());
            case ZONE -> deadZones.add(place.updater());
            case NAME -> {}
        }
    }

    private static String text(Set<String> values) {
        return String.join(" ", values);
    }
}
