package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An address that belongs to whoever shows one of its keys. */
public final class Reservation {

    private final Subnet subnet;
    private final ReservationConfig config;
    private final Selector clients;
    private final Layers layers;

    Reservation(Subnet subnet, ReservationConfig config, Selector clients, OptionScope inner) {
        this.subnet = subnet;
        this.config = config;
        this.clients = clients;
        this.layers = Layers.of(subnet.terms(), inner);
    }

    public Ipv4 ip() {
        return config.ip();
    }

    public Subnet subnet() {
        return subnet;
    }

    public ReservationConfig config() {
        return config;
    }

    /** The terms for a client in no class. */
    public Terms terms() {
        return layers.plain();
    }

    Layers layers() {
        return layers;
    }

    /** Whether it is the client's: it names it, and the client is in the classes that it and its subnet name. */
    public boolean matches(ClientTraits client) {
        return names(client) && admits(client);
    }

    /** Whether the client shows one of its keys: client identifier, MAC, or the relay ids, all of those given. */
    public boolean names(ClientTraits client) {
        byte[] id = config.clientId();
        byte[] clientId = client.clientId();
        return (id != null && clientId != null && Arrays.equals(id, clientId))
                || (client.mac() != null && config.macs().contains(client.mac()))
                || (hasRelayIds()
                        && isWanted(config.circuitId(), client.circuitId())
                        && isWanted(config.remoteId(), client.remoteId()));
    }

    /** Whether the client is in the classes that the reservation and its subnet name. */
    boolean admits(ClientTraits client) {
        return clients.admits(client);
    }

    /** Whether only clients of a class may have it. */
    boolean isForClass() {
        return !clients.isEverybody();
    }

    /** Whether it goes by the place of the client. */
    boolean hasRelayIds() {
        return config.circuitId() != null || config.remoteId() != null;
    }

    private static boolean isWanted(byte @Nullable [] wanted, byte @Nullable [] said) {
        return wanted == null || (said != null && Arrays.equals(wanted, said));
    }
}
