package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which address the server goes (option 54). It is the address on the interface that the client reaches us by;
 * {@code server_id} stands in its place on the interface that owns it and for relayed traffic.
 *
 * @param serverId {@code server.server_id}, or null
 * @param bindAddress {@code server.bind_address}, or null
 * @param interfaces all interfaces that are served
 */
public record ServerIdentity(
        @Nullable Ipv4 serverId, @Nullable Ipv4 bindAddress, List<ServedInterface> interfaces) {

    public static ServerIdentity of(ServerConfig config, List<ServedInterface> interfaces) {
        return new ServerIdentity(config.serverId(), config.bindAddress(), List.copyOf(interfaces));
    }

    /** Option 54 of a reply. */
    Ipv4 serverIdFor(Link link, RelayInfo relay, ServedInterface on) {
        if (relay.serverIdOverride() != null) {
            // RFC 5107 section 4: the client shall send its renewals to the relay agent.
            return relay.serverIdOverride();
        }
        InterfaceState state = on.state();
        if (serverId != null
                && (relay.isRelayed()
                        || state.owns(serverId)
                        || state.addresses().isEmpty())) {
            return serverId;
        }
        if (bindAddress != null && state.owns(bindAddress)) {
            return bindAddress;
        }
        for (LocalAddress address : state.addresses()) {
            if (link.subnetOf(address.ip()) != null) {
                return address.ip();
            }
        }
        return state.addresses().isEmpty() ? Ipv4.ANY : state.addresses().get(0).ip();
    }

    /**
     * Option 54 towards the client of a lease when no packet says which interface it is reached by: an interface on its
     * link, and where there is none, any. Null where that leaves more than one address, or none.
     */
    @Nullable
    Ipv4 serverIdAround(Link link, RelayInfo relay) {
        List<ServedInterface> onLink = relay.isRelayed()
                ? List.of()
                : interfaces.stream().filter(each -> isOn(link, each)).toList();
        List<Ipv4> candidates = (onLink.isEmpty() ? interfaces : onLink)
                .stream()
                        .map(each -> serverIdFor(link, relay, each))
                        .filter(each -> !each.isAny())
                        .distinct()
                        .toList();
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    private static boolean isOn(Link link, ServedInterface served) {
        return served.state().addresses().stream().anyMatch(address -> link.subnetOf(address.ip()) != null);
    }

    /** Option 54 towards somebody who is on no link of ours. */
    public Ipv4 serverIdOn(ServedInterface on) {
        InterfaceState state = on.state();
        if (serverId != null) {
            return serverId;
        }
        if (bindAddress != null && state.owns(bindAddress)) {
            return bindAddress;
        }
        return state.addresses().isEmpty() ? Ipv4.ANY : state.addresses().get(0).ip();
    }

    /** Whether option 54 of a request names this server, under whichever of its addresses. */
    boolean isOurs(@Nullable Ipv4 named, RelayInfo relay, ServedInterface on) {
        return named != null && (named.equals(relay.serverIdOverride()) || isOurAddress(named, on));
    }

    boolean isOurAddress(Ipv4 address, ServedInterface on) {
        if (address.equals(serverId)
                || address.equals(bindAddress)
                || on.state().owns(address)) {
            return true;
        }
        for (ServedInterface other : interfaces) {
            if (other.state().owns(address)) {
                return true;
            }
        }
        return false;
    }
}
