package io.athena.dhcpd.core.config;

import java.util.stream.Stream;

/** One warning for each thing that is configured and that this release does not do; the feature that does it goes out. */
final class UnbuiltFeatures {

    private UnbuiltFeatures() {}

    static void check(TomlTable root) {
        TomlTable server = root.table("server");
        Stream.of("node_id", "event_log_size")
                .filter(server::has)
                .findFirst()
                .ifPresent(key -> server.notActedOn(key, "the log of events"));
    }
}
