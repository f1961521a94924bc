package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules that hold between subnets, and between what is in them. */
final class TopologyRules {

    private static final String ONE_OWNER = "each address belongs to the narrower subnet, then to the first pool";

    private final Places places;

    TopologyRules(Places places) {
        this.places = places;
    }

    void check(List<SubnetConfig> subnets) {
        checkNetworks(subnets);
        checkPools(subnets);
        checkSharedNetworks(subnets);
        checkReservations(subnets);
    }

    /** Sorted, a prefix that overlaps any earlier one lies within the last one that it did not leave. */
    private void checkNetworks(List<SubnetConfig> subnets) {
        List<SubnetConfig> sorted = new ArrayList<>(subnets);
        sorted.sort(Comparator.comparing(SubnetConfig::network).thenComparingInt(SubnetConfig::line));
        List<SubnetConfig> around = new ArrayList<>();
        for (SubnetConfig subnet : sorted) {
            Cidr network = subnet.network();
            while (!around.isEmpty() && !last(around).network().contains(network)) {
                around.remove(around.size() - 1);
            }
            if (!around.isEmpty()) {
                SubnetConfig outer = last(around);
                if (outer.network().equals(network)) {
                    String text = network + " is already a subnet on line " + outer.line();
                    places.of(subnet).error("network", text, "put both into one [[subnet]]");
                } else {
                    String text = network + " overlaps subnet " + outer.network() + " on line " + outer.line();
                    places.of(subnet).warning("network", text, ONE_OWNER);
                }
            }
            around.add(subnet);
        }
    }

    private static SubnetConfig last(List<SubnetConfig> subnets) {
        return subnets.get(subnets.size() - 1);
    }

    private void checkPools(List<SubnetConfig> subnets) {
        List<PoolConfig> sorted = new ArrayList<>();
        subnets.forEach(subnet -> sorted.addAll(subnet.pools()));
        sorted.sort(
                Comparator.comparing((PoolConfig pool) -> pool.range().first()).thenComparingInt(PoolConfig::line));
        PoolConfig reach = null;
        for (PoolConfig pool : sorted) {
            AddressRange range = pool.range();
            if (reach != null && reach.range().overlaps(range)) {
                String text = range + " overlaps pool " + reach.range() + " on line " + reach.line();
                places.of(pool).warning("range_start", text, ONE_OWNER);
            }
            if (reach == null || range.last().compareTo(reach.range().last()) > 0) {
                reach = pool;
            }
        }
    }

    /** What holds for a whole link cannot be said in two ways by its subnets. */
    private void checkSharedNetworks(List<SubnetConfig> subnets) {
        Map<String, SubnetConfig> firsts = new HashMap<>();
        for (SubnetConfig subnet : subnets) {
            String name = subnet.sharedNetwork();
            SubnetConfig first = name == null ? null : firsts.putIfAbsent(name, subnet);
            if (first != null && first.identifyByMac() != subnet.identifyByMac()) {
                differs("identify_by", subnet, first);
            }
            if (first != null && !Objects.equals(first.vss(), subnet.vss())) {
                differs("vss", subnet, first);
            }
        }
        checkAuthentication(subnets);
    }

    /** Before a client has an address, nothing tells which subnet of its link it will be in. */
    private void checkAuthentication(List<SubnetConfig> subnets) {
        Map<String, SubnetConfig> firsts = new HashMap<>();
        for (SubnetConfig subnet : subnets) {
            String name = subnet.authentication() == null ? null : subnet.sharedNetwork();
            SubnetConfig first = name == null ? null : firsts.putIfAbsent(name, subnet);
            if (first != null) {
                places.of(subnet)
                        .error(
                                "authentication",
                                "subnet " + first.network() + " on line " + first.line()
                                        + " says already how shared network '" + name + "' authenticates",
                                "keep it in one of them; it counts for all");
            }
        }
    }

    private void differs(String key, SubnetConfig subnet, SubnetConfig first) {
        String text = "differs from subnet " + first.network() + " on line " + first.line()
                + " of the same shared network '" + subnet.sharedNetwork() + "'";
        places.of(subnet).error(key, text, "write the same " + key + " in all of them");
    }

    private void checkReservations(List<SubnetConfig> subnets) {
        Map<Ipv4, ReservationConfig> byAddress = new HashMap<>();
        Map<String, ReservationConfig> byKey = new HashMap<>();
        for (SubnetConfig subnet : subnets) {
            String link = subnet.sharedNetwork() != null
                    ? "shared " + subnet.sharedNetwork()
                    : subnet.network().toString();
            for (ReservationConfig reservation : subnet.reservations()) {
                ReservationConfig same = byAddress.putIfAbsent(reservation.ip(), reservation);
                if (same != null) {
                    String text = reservation.ip() + " is already reserved on line " + same.line();
                    places.of(reservation).error("ip", text, "choose another address");
                }
                String members = classes(subnet, reservation);
                for (Key key : keysOf(reservation)) {
                    checkKey(key, reservation, byKey.putIfAbsent(link + members + " " + key.identity, reservation));
                }
            }
        }
    }

    /** One client may have a reservation for each class that it can be in. */
    private static String classes(SubnetConfig subnet, ReservationConfig reservation) {
        String subnets = Objects.requireNonNullElse(subnet.clientClass(), "");
        return " " + subnets + " " + Objects.requireNonNullElse(reservation.clientClass(), "");
    }

    private void checkKey(Key key, ReservationConfig reservation, @Nullable ReservationConfig other) {
        if (other == null) {
            return;
        }
        String text = other.line() == reservation.line()
                ? key.identity + " is named twice here"
                : key.identity + " has the reservation of " + other.ip() + " on line " + other.line();
        places.of(reservation).error(key.written, text, "keep one of them");
    }

    /** What a client is recognised by, in one spelling, and the configuration key that says it. */
    private record Key(String written, String identity) {}

    /** An identifier of 01 and six bytes is an Ethernet address (RFC 2132 section 9.14). */
    private static List<Key> keysOf(ReservationConfig reservation) {
        List<Key> keys = new ArrayList<>();
        reservation.macs().forEach(mac -> keys.add(new Key("mac", "mac " + mac)));
        byte[] id = reservation.clientId();
        if (id != null && id.length == 7 && id[0] == MacAddress.ETHERNET) {
            Key mac = new Key(
                    "identifier", "mac " + MacAddress.of(MacAddress.ETHERNET, Arrays.copyOfRange(id, 1, id.length)));
            if (keys.stream().noneMatch(key -> key.identity.equals(mac.identity))) {
                keys.add(mac);
            }
        } else if (id != null) {
            keys.add(new Key("identifier", "identifier " + HexFormat.of().formatHex(id)));
        }
        byte[] circuit = reservation.circuitId();
        byte[] remote = reservation.remoteId();
        if (circuit != null || remote != null) {
            String pair = (circuit == null ? "any" : HexText.of(circuit)) + " at "
                    + (remote == null ? "any" : HexText.of(remote));
            keys.add(new Key(circuit == null ? "remote_id" : "circuit_id", "relay port " + pair));
        }
        return keys;
    }
}
