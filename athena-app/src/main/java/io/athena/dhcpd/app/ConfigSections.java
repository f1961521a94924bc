package io.athena.dhcpd.app;

import io.athena.dhcpd.api.ApiSection;
import io.athena.dhcpd.conflict.ConflictConfig;
import io.athena.dhcpd.conflict.ConflictSection;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.SectionReader;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.ProbeRules;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.ddns.DdnsSection;
import io.athena.dhcpd.dhcp.ConflictRules;
import io.athena.dhcpd.events.HistoryConfig;
import io.athena.dhcpd.events.HistorySection;
import io.athena.dhcpd.events.HooksSection;
import io.athena.dhcpd.ha.HaSection;
import java.nio.file.Path;
import java.util.List;

/** The sections of all feature modules, listed in one place. */
public final class ConfigSections {

    private ConfigSections() {}

    /** Reads a configuration with every section that this program has. */
    public static ConfigResult load(Path file) {
        return TomlConfig.load(file, all());
    }

    /** Reads the text of a configuration that is to stand in the file. */
    public static ConfigResult parse(String text, Path file) {
        return TomlConfig.parse(text, file, all(), StandardOptions.registry());
    }

    /** What the engines have to know of the sections on conflicts and on the history. */
    public static ConflictRules conflictRules(AthenaConfig config) {
        ConflictConfig conflicts = config.section(ConflictConfig.class);
        return new ConflictRules(
                conflicts.conflictHoldTime(),
                conflicts.maxConflictCount(),
                probes(conflicts),
                config.section(HistoryConfig.class).enabled());
    }

    private static ProbeRules probes(ConflictConfig conflicts) {
        return new ProbeRules(
                conflicts.enabled(),
                conflicts.strategy() == ConflictConfig.Strategy.PARALLEL ? conflicts.parallelProbeCount() : 1,
                conflicts.maxProbesPerDiscover(),
                conflicts.probeTimeout().toMillis(),
                conflicts.probeCacheTtl().toSeconds(),
                conflicts.probeReservations());
    }

    static List<SectionReader<?>> all() {
        return List.of(
                new ConflictSection(),
                new HooksSection(),
                new HistorySection(),
                new DdnsSection(),
                new HaSection(),
                new ApiSection());
    }
}
