package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a reader found in another server's files, in this server's terms. */
final class ImportedNetwork {

    private final ImportedScope defaults = new ImportedScope();
    private final List<Sourced<String>> interfaces = new ArrayList<>();
    private final List<ImportedSubnet> subnets = new ArrayList<>();
    private final List<ImportedClass> classes = new ArrayList<>();
    private final ImportedLeases leases = new ImportedLeases();
    private final Findings findings = new Findings();
    private boolean authoritative;
    private @Nullable Sourced<Ipv4> serverId;

    ImportedScope defaults() {
        return defaults;
    }

    List<Sourced<String>> interfaces() {
        return interfaces;
    }

    List<ImportedSubnet> subnets() {
        return subnets;
    }

    List<ImportedClass> classes() {
        return classes;
    }

    ImportedLeases leases() {
        return leases;
    }

    Findings findings() {
        return findings;
    }

    boolean isAuthoritative() {
        return authoritative;
    }

    void authoritative(boolean yes) {
        authoritative = yes;
    }

    @Nullable
    Sourced<Ipv4> serverId() {
        return serverId;
    }

    void serverId(@Nullable Sourced<Ipv4> address) {
        serverId = address;
    }

    /** The narrowest subnet that the address lies in. */
    Optional<ImportedSubnet> subnetOf(Ipv4 ip) {
        return subnets.stream()
                .filter(subnet -> subnet.network().contains(ip))
                .max(Comparator.comparingInt(subnet -> subnet.network().prefix()));
    }

    /** Puts a reservation into its subnet, or tells why there is none. */
    void reserve(ImportedReservation reservation) {
        if (reservation.keys().isEmpty()) {
            findings.add(
                    reservation.place(),
                    reservation.ip() + " is fixed, but nothing here says whose it is; add a [[subnet.reservation]]");
            return;
        }
        subnetOf(reservation.ip())
                .ifPresentOrElse(
                        subnet -> subnet.reservations().add(reservation),
                        () -> findings.add(
                                reservation.place(),
                                "the fixed address " + reservation.ip() + " lies in no subnet; add its [[subnet]]"));
    }

    /** Settles what can be said only of whole links; what gets lost by it is told. */
    void settle() {
        VendorSpaces.settle(this);
        settleIdentities();
    }

    /** The subnets of one link tell clients apart in one way: by MAC as soon as one of them does. */
    private void settleIdentities() {
        for (ImportedSubnet subnet : subnets) {
            boolean besideOneByMac = subnet.sharedNetwork() != null
                    && subnets.stream()
                            .anyMatch(other ->
                                    subnet.sharedNetwork().equals(other.sharedNetwork()) && other.identifiedByMac());
            if (besideOneByMac && !subnet.identifiedByMac()) {
                subnet.identifyByMac(true);
                findings.add(
                        subnet.place(),
                        "clients of " + subnet.network() + " are told apart by MAC now, as in the other subnets of "
                                + subnet.sharedNetwork());
            }
        }
    }
}
