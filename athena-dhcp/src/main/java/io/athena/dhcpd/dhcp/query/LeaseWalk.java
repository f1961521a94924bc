package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.engine.LinkRecords;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.Seat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Shows all records, link after link, a page for each turn that a lane gives. The lane hands out references; decoding
 * is the business of whoever walks. One page at a time: ask for the next when the one before has come.
 */
final class LeaseWalk {

    /** Slots or addresses that are looked at in a turn of a lane. */
    private static final int PAGE = 256;

    /**
     * Some records.
     *
     * @param link the link they are on
     * @param images the records as they are encoded
     * @param unused configured addresses without a record
     * @param end whether there are no more
     * @param stale whether a reload moved the link, so that the rest cannot be shown
     */
    record Page(Link link, List<byte[]> images, List<Ipv4> unused, boolean end, boolean stale) {}

    private final List<Seat> seats;
    private final boolean withUnused;
    private final Deque<AddressRange> unseen = new ArrayDeque<>();
    private int at;
    private int slot;

    /** @param withUnused whether configured addresses that never had a lease are shown too */
    LeaseWalk(LinkDirectory directory, boolean withUnused) {
        this.seats = directory.seats();
        this.withUnused = withUnused;
    }

    /** Whether nothing is configured, so that there is no page. */
    boolean isEmpty() {
        return seats.isEmpty();
    }

    /** Asks for the next page; {@code taker} gets it on the link's lane and must hand it on at once. */
    void next(Consumer<Page> taker) {
        Seat seat = seats.get(at);
        seat.lane().execute(() -> taker.accept(read(seat)));
    }

    private Page read(Seat seat) {
        Link link = seat.link();
        if (seat.engine().isRetired()) {
            return new Page(link, List.of(), List.of(), false, true);
        }
        LinkRecords records = seat.engine().records();
        List<byte[]> images = new ArrayList<>();
        List<Ipv4> unused = new ArrayList<>();
        if (slot >= 0) {
            slot = records.images(slot, PAGE, (address, image) -> images.add(image));
            if (slot < 0 && withUnused) {
                unseen.addAll(configured(link));
            }
        } else {
            readUnused(link, records, unused);
        }
        if (slot < 0 && unseen.isEmpty()) {
            at++;
            slot = 0;
        }
        return new Page(link, images, unused, at == seats.size(), false);
    }

    private void readUnused(Link link, LinkRecords records, List<Ipv4> unused) {
        AddressRange range = unseen.remove();
        int count = (int) Math.min(PAGE, range.size());
        for (int i = 0; i < count; i++) {
            Ipv4 address = range.first().plus(i);
            if (isGivable(link, address) && !records.hasRecord(address)) {
                unused.add(address);
            }
        }
        if (count < range.size()) {
            unseen.addFirst(new AddressRange(range.first().plus(count), range.last()));
        }
    }

    private static boolean isGivable(Link link, Ipv4 address) {
        Subnet subnet = link.subnetOf(address);
        return subnet != null && !subnet.network().isNetworkOrBroadcast(address) && !link.isForbidden(address);
    }

    private static List<AddressRange> configured(Link link) {
        List<AddressRange> ranges = new ArrayList<>();
        for (Pool pool : link.pools()) {
            ranges.addAll(pool.owned());
        }
        for (Reservation reservation : link.reservations()) {
            if (link.poolOf(reservation.ip()) == null) {
                ranges.add(new AddressRange(reservation.ip(), reservation.ip()));
            }
        }
        return ranges;
    }
}
