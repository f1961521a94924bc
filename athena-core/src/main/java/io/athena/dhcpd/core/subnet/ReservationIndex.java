package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reservations of a link by address and by what they are recognised by. One client may have several that differ in
 * their class; those for a class come first.
 */
final class ReservationIndex {

    /** The relay ids of a client; {@code remoteId} or {@code circuitId} is null where any will do. */
    private record Port(
            @Nullable ByteBuffer circuitId, @Nullable ByteBuffer remoteId) {
        static Port of(byte @Nullable [] circuitId, byte @Nullable [] remoteId) {
            return new Port(
                    circuitId == null ? null : ByteBuffer.wrap(circuitId),
                    remoteId == null ? null : ByteBuffer.wrap(remoteId));
        }
    }

    private final Map<Ipv4, Reservation> byAddress = new HashMap<>();
    private final Map<ClientKey, List<Reservation>> byClientId = new HashMap<>();
    private final Map<MacAddress, List<Reservation>> byMac = new HashMap<>();
    private final Map<Port, List<Reservation>> byPort = new HashMap<>();

    ReservationIndex(List<Reservation> reservations) {
        reservations.stream()
                .sorted(Comparator.comparing(Reservation::isForClass).reversed())
                .forEach(this::add);
    }

    private void add(Reservation reservation) {
        byAddress.put(reservation.ip(), reservation);
        byte[] clientId = reservation.config().clientId();
        if (clientId != null) {
            add(byClientId, ClientKey.ofClientId(clientId), reservation);
        }
        reservation.config().macs().forEach(mac -> add(byMac, mac, reservation));
        if (reservation.hasRelayIds()) {
            add(
                    byPort,
                    Port.of(
                            reservation.config().circuitId(),
                            reservation.config().remoteId()),
                    reservation);
        }
    }

    private static <K> void add(Map<K, List<Reservation>> index, K key, Reservation reservation) {
        index.computeIfAbsent(key, any -> new ArrayList<>(1)).add(reservation);
    }

    Iterable<Reservation> all() {
        return byAddress.values();
    }

    @Nullable
    Reservation at(Ipv4 address) {
        return byAddress.get(address);
    }

    /** On a clash: client identifier, then MAC, then relay ids, and of those both before one alone. */
    @Nullable
    Reservation of(ClientTraits client) {
        byte[] clientId = client.clientId();
        if (clientId != null && !byClientId.isEmpty()) {
            Reservation byId = first(byClientId.get(ClientKey.ofClientId(clientId)), client);
            if (byId != null) {
                return byId;
            }
        }
        Reservation own = client.mac() == null ? null : first(byMac.get(client.mac()), client);
        return own != null || byPort.isEmpty() ? own : atPort(client.circuitId(), client.remoteId(), client);
    }

    private @Nullable Reservation atPort(byte @Nullable [] circuitId, byte @Nullable [] remoteId, ClientTraits client) {
        if (circuitId == null && remoteId == null) {
            return null;
        }
        Reservation exact = first(byPort.get(Port.of(circuitId, remoteId)), client);
        if (exact != null || circuitId == null || remoteId == null) {
            return exact;
        }
        Reservation onCircuit = first(byPort.get(Port.of(circuitId, null)), client);
        return onCircuit != null ? onCircuit : first(byPort.get(Port.of(null, remoteId)), client);
    }

    private static @Nullable Reservation first(@Nullable List<Reservation> candidates, ClientTraits client) {
        if (candidates != null) {
            for (Reservation candidate : candidates) {
                if (candidate.admits(client)) {
                    return candidate;
                }
            }
        }
        return null;
    }
}
