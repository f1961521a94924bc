package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.LinkStats;
import io.athena.dhcpd.core.event.ConflictEvent.Resolution;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.dhcp.listen.Lane;
import io.athena.dhcpd.dhcp.listen.Lanes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** What the lanes say about their links once a second, as gauges. */
final class StatsBoard {

    private final Map<String, LinkStats> byLink = new ConcurrentHashMap<>();
    private final Meters meters;

    StatsBoard(Meters meters) {
        this.meters = meters;
        for (LeaseState state : LeaseState.values()) {
            if (state != LeaseState.FREE && state != LeaseState.OFFERED) {
                meters.gauge(
                        DhcpMeter.LEASES, () -> total(stats -> stats.leases().getOrDefault(state, 0)), state.tag());
            }
        }
        meters.gauge(DhcpMeter.LEASES, () -> total(LinkStats::offers), LeaseState.OFFERED.tag());
        meters.gauge(DhcpMeter.QUARANTINED, () -> total(LinkStats::withheld));
        for (Resolution how : Resolution.values()) {
            meters.counter(DhcpMeter.CONFLICTS_RESOLVED, how.tag());
        }
    }

    void post(LinkStats stats) {
        byLink.put(stats.link(), stats);
    }

    void watch(Lanes lanes) {
        int number = 0;
        for (Lane lane : lanes.all()) {
            meters.gauge(DhcpMeter.LANE_QUEUE, lane::queued, String.valueOf(number++));
        }
    }

    /** Registers the pools and subnets of a topology in place of those of the one before. */
    void show(Topology topology) {
        byLink.clear();
        meters.removeGauges(DhcpMeter.POOL_ADDRESSES);
        meters.removeGauges(DhcpMeter.POOL_USED);
        topology.links().forEach(link -> link.pools().forEach(pool -> {
            String[] tags = {pool.subnet().toString(), pool.toString()};
            meters.gauge(DhcpMeter.POOL_ADDRESSES, () -> ofPool(link.id(), pool, LinkStats.PoolStats::addresses), tags);
            meters.gauge(DhcpMeter.POOL_USED, () -> ofPool(link.id(), pool, LinkStats.PoolStats::used), tags);
        }));
        showConflicts(topology);
    }

    /** Registers the conflicts of each subnet; what is counted there shows from the start on. */
    private void showConflicts(Topology topology) {
        meters.removeGauges(DhcpMeter.CONFLICTS_ACTIVE);
        meters.removeGauges(DhcpMeter.CONFLICTS_PERMANENT);
        for (Link link : topology.links()) {
            for (Subnet of : link.subnets()) {
                String subnet = of.network().toString();
                meters.gauge(
                        DhcpMeter.CONFLICTS_ACTIVE,
                        () -> ofSubnet(link.id(), subnet, LinkStats.SubnetConflicts::active),
                        subnet);
                meters.gauge(
                        DhcpMeter.CONFLICTS_PERMANENT,
                        () -> ofSubnet(link.id(), subnet, LinkStats.SubnetConflicts::permanent),
                        subnet);
                meters.counter(DhcpMeter.CONFLICT_DECLINES, subnet);
                meters.counter(DhcpMeter.CONFLICTS_UNRECORDED, subnet);
            }
        }
    }

    private long ofSubnet(String link, String subnet, ToLongFunction<LinkStats.SubnetConflicts> number) {
        LinkStats stats = byLink.get(link);
        return stats == null
                ? 0
                : stats.conflicts().stream()
                        .filter(each -> each.subnet().equals(subnet))
                        .mapToLong(number)
                        .sum();
    }

    private long total(ToLongFunction<LinkStats> number) {
        return byLink.values().stream().mapToLong(number).sum();
    }

    private long ofPool(String link, Pool pool, ToLongFunction<LinkStats.PoolStats> number) {
        LinkStats stats = byLink.get(link);
        return stats == null || pool.index() >= stats.pools().size()
                ? 0
                : number.applyAsLong(stats.pools().get(pool.index()));
    }
}
