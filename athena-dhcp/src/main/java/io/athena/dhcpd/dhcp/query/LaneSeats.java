package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.dhcp.listen.Lane;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.Seat;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The seats of a directory by lane, so that a question to all links is one command a lane. Immutable. */
final class LaneSeats {

    private final LinkDirectory directory;
    private final Map<Lane, List<Seat>> seats;
    private final List<Lane> lanes;

    private LaneSeats(LinkDirectory directory, Map<Lane, List<Seat>> seats) {
        this.directory = directory;
        this.seats = seats;
        this.lanes = List.copyOf(seats.keySet());
    }

    static LaneSeats of(LinkDirectory directory) {
        Map<Lane, List<Seat>> seats = new IdentityHashMap<>();
        for (Seat seat : directory.seats()) {
            seats.computeIfAbsent(seat.lane(), lane -> new ArrayList<>()).add(seat);
        }
        return new LaneSeats(directory, seats);
    }

    boolean isOf(LinkDirectory other) {
        return directory == other;
    }

    /** The lanes that own links. */
    List<Lane> lanes() {
        return lanes;
    }

    List<Seat> of(Lane lane) {
        return seats.getOrDefault(lane, List.of());
    }
}
