package io.athena.dhcpd.conflict;

import io.athena.dhcpd.conflict.ConflictConfig.LogLevel;
import io.athena.dhcpd.conflict.ConflictConfig.Strategy;
import io.athena.dhcpd.core.config.SectionReader;
import io.athena.dhcpd.core.config.TomlTable;
import java.time.Duration;

/** Reads {@code [conflict_detection]}. */
public final class ConflictSection implements SectionReader<ConflictConfig> {

    @Override
    public String name() {
        return "conflict_detection";
    }

    @Override
    public Class<ConflictConfig> type() {
        return ConflictConfig.class;
    }

    @Override
    public ConflictConfig read(TomlTable table) {
        return new ConflictConfig(
                table.bool("enabled", true),
                table.choice("probe_strategy", Strategy.class, Strategy.SEQUENTIAL),
                // A reply later than a client's first retry is wasted (RFC 2131 section 4.1).
                table.duration("probe_timeout", Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofSeconds(4)),
                table.integer("max_probes_per_discover", 3, 1, 16),
                table.integer("parallel_probe_count", 3, 1, 16),
                table.duration("conflict_hold_time", Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(365)),
                table.integer("max_conflict_count", 3, 1, 1000),
                table.duration("probe_cache_ttl", Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(1)),
                table.bool("send_gratuitous_arp", false),
                table.bool("icmp_fallback", true),
                table.bool("probe_reservations", false),
                table.choice("probe_log_level", LogLevel.class, LogLevel.DEBUG));
    }
}
