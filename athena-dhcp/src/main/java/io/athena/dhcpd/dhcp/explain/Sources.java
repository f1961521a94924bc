package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigLines;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.ClientClass;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sections of the file that say what a client gets. Which of them an option came from is not worked out again: the
 * merged terms still hold the very bytes that the section's reader made.
 */
final class Sources {

    private static final int SUBNET_MASK = 1;
    private static final int HOSTNAME = 12;
    private static final int BROADCAST_ADDRESS = 28;

    /** Who says something, and on which line; 0 for none. */
    record Source(String from, int line) {}

    private record Layer(String name, Record section, OptionScope scope) {}

    private final ConfigLines lines;
    private final Subnet subnet;
    private final @Nullable Reservation reservation;
    private final OptionScope merged;

    /** The innermost first. */
    private final List<Layer> layers = new ArrayList<>();

    /**
     * The sections for an address.
     *
     * @param client as its classes are judged
     * @param merged what all of them say together
     */
    Sources(AthenaConfig config, ConfigLines lines, Link link, Ipv4 address, ClientTraits client, OptionScope merged) {
        this.lines = lines;
        this.merged = merged;
        this.reservation = link.reservationAt(address);
        this.subnet = reservation == null ? around(link, address) : reservation.subnet();
        if (reservation != null) {
            layers.add(new Layer(
                    "reservation", reservation.config(), reservation.config().scope()));
        }
        Pool pool = link.poolOf(address);
        if (pool != null && pool.subnet() == subnet) {
            layers.add(new Layer("pool " + pool, pool.config(), pool.config().scope()));
        }
        for (ClientClass each : link.classes()) {
            if (each.admits(client)) {
                layers.add(new Layer(
                        "class " + each.name(), each.config(), each.config().scope()));
            }
        }
        layers.add(new Layer(
                "subnet " + subnet.network(), subnet.config(), subnet.config().scope()));
        layers.add(new Layer("defaults", config.defaults(), config.defaults()));
    }

    private static Subnet around(Link link, Ipv4 address) {
        Subnet own = link.subnetOf(address);
        return own == null ? link.subnets().get(0) : own;
    }

    /** Who set an option, told by the bytes that the terms hold for it. */
    Source ofOption(int code, byte[] value) {
        for (Layer layer : layers) {
            if (layer.scope().options().get(code) == value) {
                return new Source(layer.name(), lines.ofOption(layer.section(), code));
            }
        }
        if (reservation != null && code == HOSTNAME) {
            return new Source("reservation", lines.of(reservation.config(), "hostname"));
        }
        return code == SUBNET_MASK || code == BROADCAST_ADDRESS ? ofSubnet("network") : new Source("configuration", 0);
    }

    /** The innermost section that writes a key itself and whose word it is that counts; null when none does. */
    <V> @Nullable Source ofKey(String key, Function<OptionScope, @Nullable V> value) {
        V set = value.apply(merged);
        for (Layer layer : layers) {
            if (set != null && lines.sets(layer.section(), key) && set.equals(value.apply(layer.scope()))) {
                return new Source(layer.name(), lines.of(layer.section(), key));
            }
        }
        return null;
    }

    /** What the subnet says by a key of its own. */
    Source ofSubnet(String key) {
        return new Source("subnet " + subnet.network(), lines.of(subnet.config(), key));
    }
}
