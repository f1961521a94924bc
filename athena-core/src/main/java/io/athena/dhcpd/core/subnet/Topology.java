package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.VpnId;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All links of a configuration. Immutable: a reload compiles a new one and swaps one reference. */
public final class Topology {

    private final List<Link> links;
    private final IntervalMap<Subnet> subnets;
    private final Map<Subnet, Link> linkOf = new IdentityHashMap<>();
    private final boolean namesVpns;

    Topology(List<Link> links, IntervalMap<Subnet> subnets) {
        this.links = List.copyOf(links);
        this.subnets = subnets;
        for (Link link : links) {
            link.subnets().forEach(subnet -> linkOf.put(subnet, link));
        }
        this.namesVpns = links.stream().anyMatch(link -> !link.vpn().equals(VpnId.GLOBAL));
    }

    /** All links, in the order of their first subnet in the file. */
    public List<Link> links() {
        return links;
    }

    /** The narrowest subnet that an address lies in, or null. */
    public @Nullable Subnet subnetOf(Ipv4 address) {
        return subnets.get(address);
    }

    /** The link of the narrowest subnet that an address lies in, or null. */
    public @Nullable Link linkOf(Ipv4 address) {
        Subnet subnet = subnets.get(address);
        return subnet == null ? null : linkOf.get(subnet);
    }

    /** Whether any subnet is of a virtual network of its own (RFC 6607): else nobody is asked which one he is in. */
    public boolean namesVpns() {
        return namesVpns;
    }

    /** The longest lease time that is given anywhere, in seconds; at least the default. */
    public long longestLeaseTime() {
        long longest = Terms.DEFAULT_LEASE_TIME;
        for (Link link : links) {
            longest = Math.max(longest, link.longestLeaseTime());
        }
        return Math.min(longest, LeaseTimes.FOREVER);
    }
}
