package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.engine.AddressStanding;
import io.athena.dhcpd.core.engine.LinkView;
import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.engine.PoolStanding;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.dhcp.path.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stood in the engine before it decided.
 *
 * @param reservation the sender's, by what its message says, or null
 * @param addresses the addresses that the sender has to do with, each with what it has to do with it
 * @param standing what was known of them
 * @param pools the pools of the link as the sender sees them
 */
record Surroundings(
        @Nullable Reservation reservation,
        Map<Ipv4, List<String>> addresses,
        List<AddressStanding> standing,
        List<PoolStanding> pools) {

    static Surroundings of(Exchange exchange) {
        ClientRequest request = exchange.request();
        LinkView view = exchange.seat().engine().records().view();
        Reservation reservation = exchange.seat().link().reservationFor(request);
        Offer offer = view.offerTo(request.key());
        Map<Ipv4, List<String>> addresses = new LinkedHashMap<>();
        add(addresses, reservation == null ? null : reservation.ip(), "reserved for the client");
        add(addresses, offer == null ? null : offer.address(), "offered to the client");
        add(addresses, view.lastAddressOf(request.key()), "the client's own, now or last");
        add(addresses, request.requestedIp(), "asked for (option 50)");
        add(addresses, request.ciaddr().isAny() ? null : request.ciaddr(), "the client says it has it (ciaddr)");
        return new Surroundings(
                reservation,
                addresses,
                addresses.keySet().stream().map(view::at).toList(),
                view.poolsFor(request));
    }

    private static void add(Map<Ipv4, List<String>> addresses, @Nullable Ipv4 address, String role) {
        if (address != null) {
            addresses.computeIfAbsent(address, any -> new ArrayList<>()).add(role);
        }
    }
}
