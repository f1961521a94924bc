package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subnet with what was found in it. */
final class ImportedSubnet {

    private final Place place;
    private final Cidr network;
    private final ImportedScope scope = new ImportedScope();
    private final List<ImportedPool> pools = new ArrayList<>();
    private final List<ImportedReservation> reservations = new ArrayList<>();
    private @Nullable String sharedNetwork;
    private boolean identifiedByMac;
    private boolean rapidCommit;

    ImportedSubnet(Place place, Cidr network) {
        this.place = place;
        this.network = network;
    }

    Place place() {
        return place;
    }

    Cidr network() {
        return network;
    }

    void commitRapidly() {
        rapidCommit = true;
    }

    boolean commitsRapidly() {
        return rapidCommit;
    }

    ImportedScope scope() {
        return scope;
    }

    List<ImportedPool> pools() {
        return pools;
    }

    List<ImportedReservation> reservations() {
        return reservations;
    }

    @Nullable
    String sharedNetwork() {
        return sharedNetwork;
    }

    /** Joins a shared network; characters that its name may not hold become dashes. */
    void shareAs(String name) {
        String kept = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        sharedNetwork = kept.isEmpty() ? "shared" : kept.substring(0, Math.min(63, kept.length()));
    }

    boolean identifiedByMac() {
        return identifiedByMac;
    }

    void identifyByMac(boolean byMac) {
        identifiedByMac = byMac;
    }

    /** The range without the network and broadcast addresses, which no host may have; null when nothing is left. */
    @Nullable
    AddressRange usable(Ipv4 first, Ipv4 last) {
        Ipv4 from = first.equals(network.network()) && network.isNetworkOrBroadcast(first) ? first.plus(1) : first;
        Ipv4 to = last.equals(network.broadcast()) && network.isNetworkOrBroadcast(last) ? last.plus(-1) : last;
        return from.compareTo(to) > 0 ? null : new AddressRange(from, to);
    }
}
