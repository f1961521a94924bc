package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.subnet.Reservation;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names that are spoken for, whatever clients ask: those of reservations, of zones and domains, and of services. */
final class OwnedNames {

    private static final int DOMAIN_NAME = 15;

    /** What programs look up without being told: who has such a name gets their traffic. */
    private static final Set<String> SERVICES = Set.of("localhost", "wpad", "isatap");

    private final Set<String> names = new HashSet<>();

    OwnedNames(AthenaConfig config, Map<Cidr, SubnetZones> zones) {
        for (SubnetConfig subnet : config.subnets()) {
            SubnetZones own = Objects.requireNonNull(zones.get(subnet.network()), "zones of another configuration");
            OptionScope around = config.defaults().overriddenBy(subnet.scope());
            NameScope scope = scope(own, around);
            if (scope != null) {
                names.add(scope.limit());
                names.add(scope.domain());
            }
            for (ReservationConfig reservation : subnet.reservations()) {
                NameScope inner = scope(own, around.overriddenBy(reservation.scope()));
                add(inner == null ? null : reserved(reservation, inner));
            }
        }
    }

    private static @Nullable NameScope scope(SubnetZones zones, OptionScope options) {
        return NameScope.of(zones.forward(), NameText.domain(options.options().get(DOMAIN_NAME)));
    }

    private void add(@Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }

    /** The name that a reservation gives its address, or null. */
    @Nullable
    String reserved(@Nullable Reservation reservation, NameScope scope) {
        return reservation == null ? null : reserved(reservation.config(), scope);
    }

    private static @Nullable String reserved(ReservationConfig reservation, NameScope scope) {
        String forDns = NameText.configured(reservation.ddnsHostname());
        String name = forDns == null ? null : completed(forDns, scope);
        return name != null || reservation.hostname() == null ? name : hostname(reservation.hostname(), scope);
    }

    private static @Nullable String completed(String name, NameScope scope) {
        if (NameText.isBelow(name, scope.limit())) {
            return name;
        }
        return name.equals(scope.limit()) ? null : scope.complete(name);
    }

    /** What is sent in option 12 may be a whole name of another domain. */
    private static @Nullable String hostname(String hostname, NameScope scope) {
        String whole = NameText.name(hostname);
        if (whole != null && NameText.isBelow(whole, scope.limit())) {
            return whole;
        }
        String label = NameText.firstLabel(hostname);
        return label == null ? null : scope.complete(label);
    }

    /** Whether a name is not for a client that asks for it. */
    boolean isKeptFromClients(String name) {
        int dot = name.indexOf('.');
        String label = dot < 0 ? name : name.substring(0, dot);
        return SERVICES.contains(label) || FallbackNames.isMade(label) || names.contains(name);
    }
}
