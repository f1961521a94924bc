package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.engine.LeaseTrait;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.listen.Lane;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.path.LeaseQueries;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.PathLog;
import io.athena.dhcpd.dhcp.path.Seat;
import io.athena.dhcpd.dhcp.path.Serving;
import io.athena.dhcpd.dhcp.reply.Destination;
import io.athena.dhcpd.dhcp.reply.ReplySender;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Leasequery by datagram (RFC 4388, RFC 6148). A query for an address goes to the lane of its link, any other to all
 * lanes, whose findings the last of them puts together. Queries rank with DISCOVER, and only so many are under way at a
 * time: those who ask take nothing from those who need an address.
 */
public final class DatagramQueries implements LeaseQueries {

    /** Queries that wait for lanes. */
    private static final int MOST_UNDER_WAY = 256;

    /** Records that a link looks at for one query: a remote id may be that of a thousand subscribers. */
    private static final int MOST_RECORDS = 256;

    /** Addresses of option 92: as many as one option holds. */
    private static final int MOST_ASSOCIATED = 63;

    private final QueryAccess access;
    private final ReplySender sender;
    private final PathLog log;
    private final TimeSource time;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile @Nullable LaneSeats seats;

    public DatagramQueries(QueryAccess access, ReplySender sender, PathLog log, TimeSource time) {
        this.access = access;
        this.sender = sender;
        this.log = log;
        this.time = time;
    }

    /** A lease and the link it is on. */
    private record Found(Lease lease, Link link) {}

    /** One query on its way. */
    private record Asked(DhcpPacket query, RelayInfo relay, ServedInterface on, Ipv4 serverId) {}

    @Override
    public void received(DhcpPacket query, RelayInfo relay, Ipv4 source, ServedInterface on, Serving serving) {
        // RFC 4388 section 7: only known hosts are answered, and the answer goes to giaddr.
        if (!access.permits(source) || !access.permits(relay.giaddr())) {
            log.dropped(query, on, DropReason.LEASEQUERY_REFUSED);
            return;
        }
        QueryKey key = QueryKey.ofDatagram(query);
        if (key == null || !relay.isRelayed()) {
            log.dropped(query, on, DropReason.LEASEQUERY_UNUSABLE);
            return;
        }
        Asked asked = new Asked(query, relay, on, serving.identity().serverIdOn(on));
        if (key instanceof QueryKey.ByAddress byAddress) {
            askForAddress(asked, byAddress.address(), serving.directory());
        } else if (key instanceof QueryKey.ByTrait byTrait) {
            askForTrait(asked, byTrait.trait(), serving.directory());
        }
    }

    private void askForAddress(Asked asked, Ipv4 address, LinkDirectory directory) {
        Seat seat = directory.seatOf(address);
        if (seat == null) {
            refuse(asked, MessageType.LEASEUNKNOWN);
        } else {
            Link link = seat.link();
            gather(asked, List.of(seat.lane()), lane -> recordOf(seat, address), found -> {
                answerForAddress(
                        asked,
                        address,
                        link,
                        found.isEmpty() ? null : found.get(0).lease());
            });
        }
    }

    private static List<Found> recordOf(Seat seat, Ipv4 address) {
        Lease lease = seat.engine().records().find(address);
        return lease == null ? List.of() : List.of(new Found(lease, seat.link()));
    }

    private void answerForAddress(Asked asked, Ipv4 address, Link link, @Nullable Lease lease) {
        long now = time.epochSeconds();
        if (lease != null && lease.isActive(now)) {
            send(asked, active(asked, Binding.of(lease, link, now), List.of(), now));
        } else {
            // RFC 4388 section 6.4.1: unassigned is what the server would give to somebody.
            boolean ours = lease != null || link.poolOf(address) != null || link.reservationAt(address) != null;
            refuse(asked, ours ? MessageType.LEASEUNASSIGNED : MessageType.LEASEUNKNOWN);
        }
    }

    private void askForTrait(Asked asked, LeaseTrait trait, LinkDirectory directory) {
        LaneSeats all = seatsOf(directory);
        gather(
                asked,
                all.lanes(),
                lane -> {
                    List<Found> found = new ArrayList<>();
                    for (Seat seat : all.of(lane)) {
                        for (Lease lease : seat.engine().records().find(trait, MOST_RECORDS)) {
                            found.add(new Found(lease, seat.link()));
                        }
                    }
                    return found;
                },
                found -> answerForTrait(asked, found));
    }

    /** RFC 4388 section 6.4.1: the lease that its client was last heard about, and the addresses of all. */
    private void answerForTrait(Asked asked, List<Found> found) {
        long now = time.epochSeconds();
        Found latest = null;
        List<Ipv4> associated = new ArrayList<>();
        for (Found one : found) {
            if (one.lease().isActive(now)) {
                associated.add(one.lease().ip());
                boolean later = latest == null
                        || one.lease().lastTransaction() > latest.lease().lastTransaction();
                latest = later ? one : latest;
            }
        }
        if (latest == null) {
            refuse(asked, MessageType.LEASEUNKNOWN);
            return;
        }
        associated.sort(null);
        List<Ipv4> told = associated.subList(0, Math.min(MOST_ASSOCIATED, associated.size()));
        send(asked, active(asked, Binding.of(latest.lease(), latest.link(), now), told, now));
    }

    // --- lanes --------------------------------------------------------------------------------------------------

    /** What one lane finds; runs on it. */
    @FunctionalInterface
    private interface Search {
        List<Found> on(Lane lane);
    }

    /** What is done with the findings of all; runs on the lane that is the last. */
    @FunctionalInterface
    private interface Conclusion {
        void from(List<Found> found);
    }

    private void gather(Asked asked, List<Lane> lanes, Search search, Conclusion conclusion) {
        if (lanes.isEmpty()) {
            conclusion.from(List.of());
            return;
        }
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            log.dropped(asked.query(), asked.on(), DropReason.QUEUE_FULL);
            return;
        }
        Gathering<Found> gathering = new Gathering<>(lanes.size(), found -> {
            underWay.decrementAndGet();
            if (found == null) {
                log.dropped(asked.query(), asked.on(), DropReason.QUEUE_FULL);
            } else {
                conclusion.from(found);
            }
        });
        for (Lane lane : lanes) {
            if (!lane.offerDiscover(() -> gathering.run(() -> search.on(lane)))) {
                gathering.fail();
            }
        }
    }

    private LaneSeats seatsOf(LinkDirectory directory) {
        LaneSeats known = seats;
        if (known == null || !known.isOf(directory)) {
            known = LaneSeats.of(directory);
            seats = known;
        }
        return known;
    }

    // --- answers ------------------------------------------------------------------------------------------------

    private static Reply active(Asked asked, Binding binding, List<Ipv4> associated, long now) {
        int mtu = asked.on().state().mtu();
        return QueryReplies.active(asked.query(), binding, associated, asked.serverId(), now, mtu);
    }

    private void refuse(Asked asked, MessageType type) {
        int mtu = asked.on().state().mtu();
        send(asked, QueryReplies.negative(asked.query(), type, asked.serverId(), mtu));
    }

    private void send(Asked asked, Reply reply) {
        RelayInfo relay = asked.relay();
        sender.send(reply, new Destination.ToRelay(relay.giaddr(), relay.relayPort()), asked.on());
    }
}
