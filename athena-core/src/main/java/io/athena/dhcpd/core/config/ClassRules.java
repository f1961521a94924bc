package io.athena.dhcpd.core.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every class that a subnet, pool or reservation names has to be there. */
final class ClassRules {

    private final Places places;
    private final Set<String> names;

    ClassRules(Places places, List<ClassConfig> classes) {
        this.places = places;
        this.names = classes.stream().map(ClassConfig::name).collect(Collectors.toUnmodifiableSet());
    }

    void check(List<SubnetConfig> subnets) {
        for (SubnetConfig subnet : subnets) {
            check(subnet, subnet.clientClass());
            subnet.pools().forEach(pool -> check(pool, pool.match().clientClass()));
            subnet.reservations().forEach(reservation -> check(reservation, reservation.clientClass()));
        }
    }

    private void check(Record place, @Nullable String name) {
        if (name == null || names.contains(name)) {
            return;
        }
        Optional<String> meant = Spelling.closest(name, names);
        String cure = meant.map(close -> "did you mean '" + close + "'?").orElse("add [[class]] with this name");
        places.of(place).error("class", "'" + name + "' is the name of no [[class]]", cure);
    }
}
