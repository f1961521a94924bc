package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.EngineSettings;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.listen.Lane;
import io.athena.dhcpd.dhcp.listen.Lanes;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.Seat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Gives a changed topology to the engines. Where every link keeps its subnets that is one command a link; where a
 * subnet changes its link, all lanes stand still for a moment and the leases move.
 */
final class Reseating {

    private final Lanes lanes;
    private final EngineFleet fleet;
    private final TimeSource time;

    Reseating(Lanes lanes, EngineFleet fleet, TimeSource time) {
        this.lanes = lanes;
        this.fleet = fleet;
        this.time = time;
    }

    /** Whether both have the same links with the same subnets, so that no lease changes its engine. */
    static boolean sameLinks(LinkDirectory current, Topology next) {
        Map<String, List<Cidr>> before = current.seats().stream()
                .collect(Collectors.toMap(seat -> seat.link().id(), seat -> networks(seat.link())));
        Map<String, List<Cidr>> after = next.links().stream().collect(Collectors.toMap(Link::id, Reseating::networks));
        return before.equals(after);
    }

    /** Swaps each link between two exchanges of its lane. */
    LinkDirectory inPlace(LinkDirectory current, Topology next, EngineSettings settings) {
        Map<String, Seat> seats = new HashMap<>();
        current.seats().forEach(seat -> seats.put(seat.link().id(), seat));
        List<Seat> moved = new ArrayList<>();
        List<CompletableFuture<Void>> swaps = new ArrayList<>();
        for (Link link : next.links()) {
            Seat seat = seats.get(link.id());
            moved.add(new Seat(link, seat.engine(), seat.lane(), fleet.authenticator(link, seat)));
            swaps.add(CompletableFuture.runAsync(() -> seat.engine().reconfigure(link, settings), seat.lane()));
        }
        swaps.forEach(CompletableFuture::join);
        return new LinkDirectory(next, moved);
    }

    /** Shuts the gate, waits until nothing is on its way to the disk, and builds the engines anew. */
    LinkDirectory acrossLanes(LinkDirectory current, Topology next, EngineSettings settings, Runnable shutGate) {
        shutGate.run();
        CountDownLatch halted = new CountDownLatch(lanes.all().size());
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        lanes.all().forEach(lane -> lane.execute(() -> haltWhenSettled(lane, halted, goOn)));
        try {
            halted.await();
            List<LeaseEngine> old = current.seats().stream().map(Seat::engine).toList();
            LinkDirectory reseated = fleet.reseat(next, settings, old, time.epochSeconds());
            old.forEach(LeaseEngine::retire);
            return reseated;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the lanes were halting; nothing was changed", e);
        } finally {
            goOn.complete(null);
        }
    }

    /** The one time that a lane waits: all leases are at rest while they change hands. */
    private static void haltWhenSettled(Lane lane, CountDownLatch halted, CompletableFuture<Void> goOn) {
        if (lane.commits().size() == 0 && lane.queued() == 0) {
            halted.countDown();
            goOn.join();
        } else {
            lane.execute(() -> haltWhenSettled(lane, halted, goOn));
        }
    }

    private static List<Cidr> networks(Link link) {
        return link.subnets().stream().map(Subnet::network).sorted().toList();
    }
}
