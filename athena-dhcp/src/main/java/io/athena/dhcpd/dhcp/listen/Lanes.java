package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The lanes of the server: as many as processors, each owning the links that hash to it. */
public final class Lanes {

    private final List<Lane> lanes;

    public Lanes(int count, TimeSource time) {
        this.lanes = IntStream.range(0, Math.max(1, count))
                .mapToObj(number -> new Lane(number, time))
                .toList();
    }

    public List<Lane> all() {
        return lanes;
    }

    /** The lane of a link; the same for the same id over reloads. */
    public Lane of(String linkId) {
        return lanes.get(Math.floorMod(linkId.hashCode(), lanes.size()));
    }

    public void start() {
        lanes.forEach(Lane::start);
    }

    /** Lets every lane finish what is queued, for at most this long in all. */
    public void stop(Duration limit) {
        long share = Math.max(1, limit.toMillis() / lanes.size());
        lanes.forEach(lane -> lane.stop(share));
    }
}
