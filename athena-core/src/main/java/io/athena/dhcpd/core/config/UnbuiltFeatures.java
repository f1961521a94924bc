package io.athena.dhcpd.core.config;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One warning for each thing that is configured and that this release does not do; the feature that does it goes out. */
final class UnbuiltFeatures {

    private final Places places;

    UnbuiltFeatures(Places places) {
        this.places = places;
    }

    void check(TomlTable root, AthenaConfig config) {
        TomlTable server = root.table("server");
        Stream.of("node_id", "event_log_size")
                .filter(server::has)
                .findFirst()
                .ifPresent(key -> server.notActedOn(key, "the log of events"));
        checkSubnets(config.subnets());
    }

    private void checkSubnets(List<SubnetConfig> subnets) {
        first(subnets.stream(), SubnetConfig::rapidCommit, "rapid commit", "rapid_commit");
    }

    private <R extends Record> void first(Stream<R> records, Predicate<R> asks, String feature, String... keys) {
        records.filter(asks).findFirst().map(places::of).ifPresent(table -> Stream.of(keys)
                .filter(table::has)
                .findFirst()
                .ifPresent(key -> table.notActedOn(key, feature)));
    }
}
